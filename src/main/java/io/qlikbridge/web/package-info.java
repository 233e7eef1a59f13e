/** HTTP for all modules: problem answers, the security filter chain, request ids. */
@ApplicationModule(allowedDependencies = {"access", "trace", "problem"})
@NullMarked
package io.qlikbridge.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
