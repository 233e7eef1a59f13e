/** Local users, and who each of them is in Qlik. */
@ApplicationModule(allowedDependencies = {"connection", "news", "paging", "problem"})
@NullMarked
package io.qlikbridge.subject;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
