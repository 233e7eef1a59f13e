/** Access tokens that a Qlik Cloud tenant gives an OAuth client for a user (contract, section 10). */
@ApplicationModule(
        allowedDependencies = {
            "oauthclient",
            "cloudcall",
            "upstream",
            "tenant",
            "cloudsettings",
            "signing",
            "subject",
            "connection",
            "received",
            "problem"
        })
@NullMarked
package io.qlikbridge.impersonation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
