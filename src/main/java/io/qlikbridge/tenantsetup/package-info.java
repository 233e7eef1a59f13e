/** The setting up of a tenant for a connection, by an administrator's credential that is lent for one request. */
@ApplicationModule(
        allowedDependencies = {"check", "tenant", "setup", "probe", "subject", "connection", "username", "problem"})
@NullMarked
package io.qlikbridge.tenantsetup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
