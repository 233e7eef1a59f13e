/** The console's first page: how the bridge is, and what needs attention. */
@ApplicationModule(
        allowedDependencies = {
            "console",
            "check",
            "leasecensus",
            "auditlog",
            "resealing",
            "replica",
            "signing",
            "lease",
            "connection",
            "expiry",
            "crypto",
            "paging",
            "username"
        })
@NullMarked
package io.qlikbridge.consoleoverview;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
