/** The setting up of a tenant on the page of a connection in the console. */
@ApplicationModule(
        allowedDependencies = {
            "console",
            "consoleconnections",
            "consolekeys",
            "tenantsetup",
            "keyadmin",
            "connection",
            "problem"
        })
@NullMarked
package io.qlikbridge.consolesetup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
