/** Users from a CSV file in the console: uploaded, looked at, and then imported. */
@ApplicationModule(allowedDependencies = {"console", "userimport", "caller", "problem"})
@NullMarked
package io.qlikbridge.consoleimport;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
