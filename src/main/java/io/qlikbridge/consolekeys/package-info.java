/** The panels for signing keys and their certificates on the page of a connection in the console. */
@ApplicationModule(
        allowedDependencies = {
            "console",
            "consoleconnections",
            "keyadmin",
            "keyfile",
            "cloudsettings",
            "sensesettings",
            "connection",
            "problem"
        })
@NullMarked
package io.qlikbridge.consolekeys;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
