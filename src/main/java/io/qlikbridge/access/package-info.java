/** For whom the caller of a request may act. */
@ApplicationModule(
        allowedDependencies = {
            "peek",
            "oauth",
            "issuer",
            "signin",
            "caller",
            "client",
            "subject",
            "connection",
            "username",
            "problem"
        })
@NullMarked
package io.qlikbridge.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
