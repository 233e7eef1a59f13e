/** The JCA provider that signs and verifies RSA: the fastest that loads here. */
@ApplicationModule(allowedDependencies = {"problem"})
@NullMarked
package io.qlikbridge.crypto;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
