/** The port: what any Qlik deployment can do for us. */
@ApplicationModule(allowedDependencies = {"connection", "subject", "paging", "problem"})
@NullMarked
package io.qlikbridge.tenant;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
