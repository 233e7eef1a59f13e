/** What is done for leases without anybody asking: renewal and their end. */
@ApplicationModule(
        allowedDependencies = {
            "issuing",
            "revocation",
            "orphan",
            "background",
            "lease",
            "upstream",
            "connection",
            "problem"
        })
@NullMarked
package io.qlikbridge.upkeep;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
