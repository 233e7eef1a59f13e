/** The port, spoken to Qlik Cloud: by API keys, sessions, or access tokens. */
@ApplicationModule(
        allowedDependencies = {
            "directread",
            "apikey",
            "impersonation",
            "cloudsession",
            "cloudcall",
            "oauthclient",
            "upstream",
            "tenant",
            "probe",
            "setup",
            "cloudsettings",
            "signing",
            "subject",
            "connection",
            "paging",
            "proxy",
            "received",
            "problem"
        })
@NullMarked
package io.qlikbridge.qlikcloud;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
