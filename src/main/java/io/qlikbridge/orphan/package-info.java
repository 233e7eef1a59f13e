/** Keys at a tenant that no lease knows. */
@ApplicationModule(
        allowedDependencies = {
            "claim",
            "lease",
            "background",
            "upstream",
            "tenant",
            "subject",
            "connection",
            "username",
            "problem"
        })
@NullMarked
package io.qlikbridge.orphan;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
