/** The port, spoken to Qlik Cloud. */
@ApplicationModule(
        allowedDependencies = {
            "tenant",
            "signing",
            "subject",
            "connection",
            "transport",
            "paging",
            "proxy",
            "trace",
            "username",
            "problem"
        })
@NullMarked
package io.qlikbridge.qlikcloud;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
