/** The OAuth client of a connection as admins manage it. */
@ApplicationModule(allowedDependencies = {"oauthclient", "cloudsettings", "connection", "problem"})
@NullMarked
package io.qlikbridge.oauthclientadmin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
