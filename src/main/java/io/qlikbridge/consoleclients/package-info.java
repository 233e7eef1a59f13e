/** The console's pages of clients, and the one moment at which a client's secret is shown. */
@ApplicationModule(allowedDependencies = {"console", "caller", "client", "connection", "paging", "problem"})
@NullMarked
package io.qlikbridge.consoleclients;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
