/** Certificates that come near their end, whoever keeps them. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.qlikbridge.expiry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
