/** Who calls, as a verified access token says. */
@ApplicationModule(allowedDependencies = {"client", "subject", "username", "problem"})
@NullMarked
package io.qlikbridge.caller;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
