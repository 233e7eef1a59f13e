/** Who calls, and for whom they may act. */
@ApplicationModule(
        allowedDependencies = {"connection", "subject", "crypto", "vault", "news", "paging", "proxy", "problem"})
@NullMarked
package io.qlikbridge.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
