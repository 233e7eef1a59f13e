/** Warns of certificates that end: those of signing keys, and whatever else is kept. */
@ApplicationModule(allowedDependencies = {"connectionadmin", "signing", "expiry", "connection"})
@NullMarked
package io.qlikbridge.certificate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
