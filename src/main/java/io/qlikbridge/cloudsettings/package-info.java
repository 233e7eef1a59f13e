/** The settings of a connection to Qlik Cloud, and what the tenant allows of them. */
@ApplicationModule(allowedDependencies = {"connection", "changes", "problem"})
@NullMarked
package io.qlikbridge.cloudsettings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
