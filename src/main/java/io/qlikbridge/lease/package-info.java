/** Issued credentials, from request to end of life. */
@ApplicationModule(
        allowedDependencies = {
            "tenant",
            "connection",
            "subject",
            "access",
            "vault",
            "news",
            "paging",
            "trace",
            "problem"
        })
@NullMarked
package io.qlikbridge.lease;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
