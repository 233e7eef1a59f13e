/** The port, spoken to Qlik Cloud. */
@ApplicationModule(
        allowedDependencies = {"tenant", "signing", "connection", "subject", "paging", "trace", "proxy", "problem"})
@NullMarked
package io.qlikbridge.qlikcloud;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
