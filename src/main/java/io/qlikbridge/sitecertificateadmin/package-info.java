/** Certificates of client-managed Qlik Sense sites as admins manage them. */
@ApplicationModule(allowedDependencies = {"sitecertificate", "sitefile", "keyfile", "connection", "problem"})
@NullMarked
package io.qlikbridge.sitecertificateadmin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
