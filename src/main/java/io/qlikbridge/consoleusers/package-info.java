/** The pages of the console on local users. */
@ApplicationModule(
        allowedDependencies = {"console", "useradmin", "subject", "connection", "paging", "username", "problem"})
@NullMarked
package io.qlikbridge.consoleusers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
