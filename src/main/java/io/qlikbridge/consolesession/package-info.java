/** Sessions of the console, which all replicas know, and who has signed in to one. */
@ApplicationModule(allowedDependencies = {"console", "caller", "client", "subject", "vault", "username", "problem"})
@NullMarked
package io.qlikbridge.consolesession;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
