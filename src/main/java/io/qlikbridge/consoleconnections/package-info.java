/** The pages of connections in the console, and the place where other modules add panels to a connection's page. */
@ApplicationModule(allowedDependencies = {"console", "connection", "connectionadmin", "paging", "problem"})
@NullMarked
package io.qlikbridge.consoleconnections;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
