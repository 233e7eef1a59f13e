/** Rotation of the vault keys: seals with the newest key what an older one has sealed. */
@ApplicationModule(allowedDependencies = {"vault"})
@NullMarked
package io.qlikbridge.resealing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
