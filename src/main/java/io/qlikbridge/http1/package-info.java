/** HTTP/1.1 messages in the bytes that they came in (RFC 9112), read strictly. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.qlikbridge.http1;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
