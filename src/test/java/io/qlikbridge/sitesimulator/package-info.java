/**
 * A client-managed Qlik Sense site to test against: it judges what the bridge sends by what is known of such sites alone and
 * shares no code with the bridge. What Qlik does not publish is decided strictly here or is a switch, and the class that decides
 * says so.
 */
@NullMarked
package io.qlikbridge.sitesimulator;

import org.jspecify.annotations.NullMarked;
