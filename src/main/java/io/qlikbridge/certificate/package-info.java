/** Warns of signing keys whose certificates end. */
@ApplicationModule(allowedDependencies = {"connectionadmin", "signing", "connection"})
@NullMarked
package io.qlikbridge.certificate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
