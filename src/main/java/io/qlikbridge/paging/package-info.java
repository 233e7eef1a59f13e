/** Lists, a page at a time. */
@ApplicationModule(allowedDependencies = {"problem"})
@NullMarked
package io.qlikbridge.paging;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
