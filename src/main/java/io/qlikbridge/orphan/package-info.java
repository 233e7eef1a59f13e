/** Keys at a tenant that no lease knows. */
@ApplicationModule(
        allowedDependencies = {
            "background",
            "claim",
            "lease",
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
