/** The app list of one user. */
@ApplicationModule(
        allowedDependencies = {
            "client",
            "transport",
            "upstream",
            "http1",
            "directread",
            "issuing",
            "access",
            "tenant",
            "subject",
            "connection",
            "paging",
            "problem"
        })
@NullMarked
package io.qlikbridge.apps;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
