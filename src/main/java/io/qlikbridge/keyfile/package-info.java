/** Private keys in every form in which they are uploaded. */
@ApplicationModule(allowedDependencies = {"problem"})
@NullMarked
package io.qlikbridge.keyfile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
