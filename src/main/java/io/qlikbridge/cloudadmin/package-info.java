/** The administration of a Qlik Cloud tenant: what a connection needs there is found or made. */
@ApplicationModule(
        allowedDependencies = {
            "cloudcall",
            "upstream",
            "tenant",
            "setup",
            "probe",
            "cloudsettings",
            "signing",
            "keyfile",
            "connection",
            "received",
            "problem"
        })
@NullMarked
package io.qlikbridge.cloudadmin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
