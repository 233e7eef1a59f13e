/** API keys that a Qlik Cloud tenant makes for a session's user, lists and ends. */
@ApplicationModule(
        allowedDependencies = {
            "cloudsession",
            "cloudcall",
            "upstream",
            "tenant",
            "cloudsettings",
            "subject",
            "connection",
            "received",
            "problem"
        })
@NullMarked
package io.qlikbridge.apikey;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
