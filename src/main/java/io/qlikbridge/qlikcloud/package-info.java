/** The port, spoken to Qlik Cloud. */
@ApplicationModule(
        allowedDependencies = {
            "directread",
            "upstream",
            "tenant",
            "probe",
            "cloudsettings",
            "signing",
            "subject",
            "connection",
            "transport",
            "paging",
            "proxy",
            "username",
            "received",
            "problem"
        })
@NullMarked
package io.qlikbridge.qlikcloud;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
