/** The console's pages of the audit: what was done, filtered, and as a file for spreadsheets. */
@ApplicationModule(allowedDependencies = {"console", "auditlog", "paging", "problem"})
@NullMarked
package io.qlikbridge.consoleaudit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
