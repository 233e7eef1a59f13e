/** The identity-provider keys, and the assertions signed with them. */
@ApplicationModule(allowedDependencies = {"connection", "crypto", "expiry", "keyfile", "vault", "problem"})
@NullMarked
package io.qlikbridge.signing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
