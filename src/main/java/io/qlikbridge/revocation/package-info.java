/** Ends leases before their time: out of use first, then at the tenant. */
@ApplicationModule(
        allowedDependencies = {
            "orphan",
            "background",
            "claim",
            "lease",
            "tenant",
            "client",
            "subject",
            "connection",
            "username",
            "changes",
            "problem"
        })
@NullMarked
package io.qlikbridge.revocation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
