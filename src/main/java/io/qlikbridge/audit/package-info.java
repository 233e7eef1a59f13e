/** Who did what: listens to the events of the others. */
@ApplicationModule(
        allowedDependencies = {
            "check",
            "tenantsetup",
            "token",
            "issuing",
            "access",
            "orphan",
            "claim",
            "lease",
            "signin",
            "caller",
            "userimport",
            "client",
            "signing",
            "sitecertificate",
            "oauthclient",
            "subject",
            "connection",
            "resealing",
            "paging",
            "trace",
            "username",
            "problem"
        })
@NullMarked
package io.qlikbridge.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
