/** Calls to client-managed Qlik Sense sites: whom they trust, as whom they are made, and what the answers mean. */
@ApplicationModule(
        allowedDependencies = {
            "upstream",
            "tenant",
            "sensesettings",
            "sitecertificate",
            "subject",
            "connection",
            "transport",
            "proxy",
            "received",
            "problem"
        })
@NullMarked
package io.qlikbridge.sitecall;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
