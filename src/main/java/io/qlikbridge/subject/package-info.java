/** Local users, and the subject each of them is at a connection. */
@ApplicationModule(allowedDependencies = {"peek", "connection", "username", "changes", "problem"})
@NullMarked
package io.qlikbridge.subject;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
