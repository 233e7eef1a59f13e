/** What tenants send of which every kind of deployment has some: instants, cookies and JSON. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.qlikbridge.received;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
