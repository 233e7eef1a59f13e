/** The identity providers whose access tokens are trusted. */
@ApplicationModule(allowedDependencies = {"caller", "client", "subject", "proxy", "username", "problem"})
@NullMarked
package io.qlikbridge.issuer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
