/** The connection test, step by step. */
@ApplicationModule(
        allowedDependencies = {
            "issuing",
            "lease",
            "tenant",
            "probe",
            "subject",
            "connection",
            "paging",
            "username",
            "problem"
        })
@NullMarked
package io.qlikbridge.check;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
