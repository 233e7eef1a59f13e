/** What was done, as it is kept, listed and exported. */
@ApplicationModule(
        allowedDependencies = {"caller", "userimport", "connection", "paging", "trace", "username", "problem"})
@NullMarked
package io.qlikbridge.auditlog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
