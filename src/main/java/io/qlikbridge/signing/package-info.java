/** Holds the identity-provider keys and signs assertions with them. */
@ApplicationModule(allowedDependencies = {"connection", "crypto", "vault", "paging", "problem"})
@NullMarked
package io.qlikbridge.signing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
