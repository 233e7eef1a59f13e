/** The application: starts the modules below it and holds nothing else. */
@NullMarked
package io.qlikbridge;

import org.jspecify.annotations.NullMarked;
