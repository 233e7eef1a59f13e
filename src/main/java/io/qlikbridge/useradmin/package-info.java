/** Local users as admins manage them. */
@ApplicationModule(allowedDependencies = {"subject", "connection", "paging", "username", "problem"})
@NullMarked
package io.qlikbridge.useradmin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
