/** Leases as admins see and end them. */
@ApplicationModule(
        allowedDependencies = {"revocation", "lease", "client", "subject", "connection", "paging", "username", "problem"
        })
@NullMarked
package io.qlikbridge.leaseadmin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
