/** Netty as the front uses it: system calls, buffers, and TLS with callers. */
@ApplicationModule(allowedDependencies = {"wire"})
@NullMarked
package io.qlikbridge.eventloop;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
