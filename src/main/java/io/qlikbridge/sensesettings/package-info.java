/** The settings of a connection to a client-managed Qlik Sense site, and whom a subject names there. */
@ApplicationModule(allowedDependencies = {"connection", "subject", "sitecertificate", "problem"})
@NullMarked
package io.qlikbridge.sensesettings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
