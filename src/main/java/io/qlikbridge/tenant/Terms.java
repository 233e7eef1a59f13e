package io.qlikbridge.tenant;

import java.time.Duration;

/**
 * On what terms a deployment issues credentials.
 *
 * @param longest how long one lasts from now on, as far as is known
 * @param longestEver how long one may last that was asked for and never seen; not less than {@code longest}
 * @param perSubject how many the bridge has of one subject at once: at least one, and two for one that is renewed in use
 * @param renewed whether one in use is renewed before it ends
 * @param limit says, as a sentence without its end, how long one lasts at most
 * @param remedy says, as sentences, how to have one that lasts longer
 */
public record Terms(
        Duration longest, Duration longestEver, int perSubject, boolean renewed, String limit, String remedy) {

    public Terms {
        if (perSubject < 1 || longestEver.compareTo(longest) < 0) {
            throw new IllegalArgumentException(
                    "A subject has one credential at least, and none outlasts the longest ever");
        }
    }
}
