/** Qlik's own API, read as one user. */
@ApplicationModule(
        allowedDependencies = {
            "issuing",
            "access",
            "upstream",
            "tenant",
            "subject",
            "connection",
            "transport",
            "problem"
        })
@NullMarked
package io.qlikbridge.passthrough;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
