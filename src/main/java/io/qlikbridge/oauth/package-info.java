/** The token endpoint: client credentials for an access token (RFC 6749, section 4.4), and the grants that others bring. */
@ApplicationModule(allowedDependencies = {"signin", "caller", "client", "crypto", "vault"})
@NullMarked
package io.qlikbridge.oauth;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
