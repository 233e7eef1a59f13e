/** Token exchange: any OAuth library gets a user's token at the token endpoint (RFC 8693). */
@ApplicationModule(
        allowedDependencies = {
            "token",
            "failure",
            "access",
            "oauth",
            "issuer",
            "caller",
            "client",
            "subject",
            "connection",
            "wire",
            "username",
            "problem"
        })
@NullMarked
package io.qlikbridge.tokenexchange;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
