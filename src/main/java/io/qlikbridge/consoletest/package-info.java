/** The connection test on the page of a connection in the console, shown as it goes. */
@ApplicationModule(
        allowedDependencies = {
            "console",
            "consoleconnections",
            "consolekeys",
            "check",
            "keyadmin",
            "connection",
            "username",
            "problem"
        })
@NullMarked
package io.qlikbridge.consoletest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
