/** The console's pages of credentials: the leases, and how they are ended. */
@ApplicationModule(
        allowedDependencies = {
            "console",
            "consolesession",
            "leaseadmin",
            "lease",
            "tenant",
            "client",
            "connection",
            "paging",
            "username",
            "problem"
        })
@NullMarked
package io.qlikbridge.consolecredentials;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
