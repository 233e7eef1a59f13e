/** Hands a job the token of the one user it asks for. */
@ApplicationModule(
        allowedDependencies = {
            "issuing",
            "access",
            "lease",
            "caller",
            "tenant",
            "client",
            "subject",
            "connection",
            "username",
            "problem"
        })
@NullMarked
package io.qlikbridge.token;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
