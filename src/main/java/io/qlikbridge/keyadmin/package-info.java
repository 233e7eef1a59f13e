/** Signing keys as admins manage them: upload, generate, activate, delete. */
@ApplicationModule(allowedDependencies = {"signing", "connection", "keyfile", "paging", "problem"})
@NullMarked
package io.qlikbridge.keyadmin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
