/** The console as a person has it before them: in a real browser. */
@NullMarked
package io.qlikbridge.browser;

import org.jspecify.annotations.NullMarked;
