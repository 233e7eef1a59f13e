/** Who may open the console: signing in and out, and what guards its addresses. */
@ApplicationModule(
        allowedDependencies = {"console", "consolesession", "signin", "caller", "client", "failure", "wire", "problem"})
@NullMarked
package io.qlikbridge.consolesignin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
