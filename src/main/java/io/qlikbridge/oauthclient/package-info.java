/** The OAuth clients that the bridge is at Qlik Cloud tenants, their secrets sealed. */
@ApplicationModule(allowedDependencies = {"connection", "changes", "vault", "problem"})
@NullMarked
package io.qlikbridge.oauthclient;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
