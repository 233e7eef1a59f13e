/** Who did what: listens to the events of the others. */
@ApplicationModule(
        allowedDependencies = {
            "auditlog",
            "check",
            "tenantsetup",
            "token",
            "issuing",
            "access",
            "orphan",
            "claim",
            "lease",
            "signin",
            "userimport",
            "client",
            "signing",
            "sitecertificate",
            "oauthclient",
            "subject",
            "connection",
            "resealing",
            "username",
            "problem"
        })
@NullMarked
package io.qlikbridge.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
