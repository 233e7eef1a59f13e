/** What replicas hear of changes in the database, and what each may keep in memory because it hears of them. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.qlikbridge.news;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
