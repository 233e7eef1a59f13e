/** Signing in to the console at trusted issuers: the authorization code flow (OpenID Connect Core 1.0, section 3.1). */
@ApplicationModule(
        allowedDependencies = {
            "console",
            "consolesession",
            "consolesignin",
            "issuer",
            "signin",
            "subject",
            "caller",
            "client",
            "username",
            "vault",
            "problem"
        })
@NullMarked
package io.qlikbridge.consoleissuers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
