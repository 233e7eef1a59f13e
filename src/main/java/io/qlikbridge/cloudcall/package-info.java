/** Calls to Qlik Cloud: how they are made, how their answers are read, and what refusals mean. */
@ApplicationModule(allowedDependencies = {"upstream", "tenant", "connection", "subject", "transport", "problem"})
@NullMarked
package io.qlikbridge.cloudcall;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
