/** Who did what: listens to the others' events. */
@ApplicationModule(
        allowedDependencies = {
            "connection",
            "subject",
            "signing",
            "lease",
            "check",
            "token",
            "vault",
            "access",
            "paging",
            "trace",
            "problem"
        })
@NullMarked
package io.qlikbridge.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
