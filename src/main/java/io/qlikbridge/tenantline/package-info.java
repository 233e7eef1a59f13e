/** Connections to tenants of event loops, kept alive and asked one call at a time. */
@ApplicationModule(allowedDependencies = {"eventloop", "http1", "transport", "proxy", "connection"})
@NullMarked
package io.qlikbridge.tenantline;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
