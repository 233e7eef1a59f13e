/** By which scheme, host, port and prefix a caller came, as far as trusted proxies say. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.qlikbridge.forwarded;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
