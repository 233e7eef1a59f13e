/** The port: what any Qlik deployment can do for the bridge. */
@ApplicationModule(allowedDependencies = {"probe", "setup", "subject", "connection", "paging", "problem"})
@NullMarked
package io.qlikbridge.tenant;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
