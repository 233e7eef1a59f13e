/** The certificates of client-managed Qlik Sense sites, sealed, and what is told of their end. */
@ApplicationModule(allowedDependencies = {"sitefile", "keyfile", "expiry", "connection", "changes", "vault", "problem"})
@NullMarked
package io.qlikbridge.sitecertificate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
