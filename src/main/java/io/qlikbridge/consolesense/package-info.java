/** What the console shows of connections to client-managed Qlik Sense sites alone. */
@ApplicationModule(
        allowedDependencies = {
            "console",
            "consoleconnections",
            "sitecertificateadmin",
            "sitecertificate",
            "sensesettings",
            "connection",
            "problem"
        })
@NullMarked
package io.qlikbridge.consolesense;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
