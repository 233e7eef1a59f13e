/** Qlik's own API, read as one user. */
@ApplicationModule(
        allowedDependencies = {
            "failure",
            "http1",
            "directread",
            "client",
            "issuing",
            "access",
            "upstream",
            "tenant",
            "subject",
            "connection",
            "transport",
            "received",
            "problem"
        })
@NullMarked
package io.qlikbridge.passthrough;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
