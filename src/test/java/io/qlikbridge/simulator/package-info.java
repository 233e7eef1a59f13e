/**
 * A Qlik Cloud tenant to test against: it judges what the bridge sends by the published contract alone and shares no code
 * with the bridge. What Qlik does not publish is decided strictly here, and the class that decides says so.
 */
@NullMarked
package io.qlikbridge.simulator;

import org.jspecify.annotations.NullMarked;
