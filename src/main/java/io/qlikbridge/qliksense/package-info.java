/** Speaks to client-managed Qlik Sense sites (Qlik Sense Enterprise on Windows), by certificates or by JWT through a virtual proxy. */
@ApplicationModule(
        allowedDependencies = {
            "tenant",
            "probe",
            "sitecall",
            "sensesettings",
            "sitecertificate",
            "signing",
            "subject",
            "connection",
            "upstream",
            "transport",
            "proxy",
            "paging",
            "received",
            "problem"
        })
@NullMarked
package io.qlikbridge.qliksense;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
