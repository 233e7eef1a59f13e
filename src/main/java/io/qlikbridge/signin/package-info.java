/** Proofs of who somebody is: how fast they may be tried, and who is told of them. */
@ApplicationModule(allowedDependencies = {"caller", "client", "subject", "username"})
@NullMarked
package io.qlikbridge.signin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
