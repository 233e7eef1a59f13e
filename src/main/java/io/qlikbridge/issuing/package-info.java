/** The lease of a user: held and still good, or else issued once. */
@ApplicationModule(
        allowedDependencies = {
            "peek",
            "revocation",
            "orphan",
            "background",
            "claim",
            "lease",
            "upstream",
            "tenant",
            "subject",
            "connection",
            "trace",
            "username",
            "vault",
            "changes",
            "problem"
        })
@NullMarked
package io.qlikbridge.issuing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
