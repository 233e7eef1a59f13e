/** What the console shows of connections to Qlik Cloud alone. */
@ApplicationModule(
        allowedDependencies = {
            "console",
            "consoleconnections",
            "oauthclientadmin",
            "oauthclient",
            "cloudsettings",
            "connectionadmin",
            "connection",
            "problem"
        })
@NullMarked
package io.qlikbridge.consolecloud;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
