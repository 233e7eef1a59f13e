/** Sessions at a Qlik Cloud tenant, which assertions buy. */
@ApplicationModule(
        allowedDependencies = {
            "cloudcall",
            "upstream",
            "tenant",
            "cloudsettings",
            "signing",
            "subject",
            "connection",
            "username",
            "received",
            "problem"
        })
@NullMarked
package io.qlikbridge.cloudsession;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
