/** The certificates of a client-managed Qlik Sense site, in every form in which they are exported and uploaded. */
@ApplicationModule(allowedDependencies = {"keyfile", "problem"})
@NullMarked
package io.qlikbridge.sitefile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
