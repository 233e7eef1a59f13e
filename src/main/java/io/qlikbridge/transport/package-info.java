/** HTTP connections to tenants: name look-up, proxy, TLS and deadlines. */
@ApplicationModule(allowedDependencies = {"proxy"})
@NullMarked
package io.qlikbridge.transport;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
