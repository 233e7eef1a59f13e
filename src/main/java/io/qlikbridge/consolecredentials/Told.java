package io.qlikbridge.consolecredentials;

import io.qlikbridge.leaseadmin.LeaseRevocations;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What became of several credentials that were just ended: numbers alone, since they stand in the address.
 *
 * @param revoked how many the tenants have ended
 * @param pending how many they could not be told of yet
 */
record Told(long revoked, long pending) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** Empty where the address says nothing of it. */
    static @Nullable Told of(MultiValueMap<String, String> typed) {
        String revoked = typed.getFirst("revoked");
        String pending = typed.getFirst("pending");
        return isNumber(revoked) && isNumber(pending)
                ? new Told(Long.parseLong(revoked), Long.parseLong(pending))
                : null;
    }

    static void add(UriComponentsBuilder page, LeaseRevocations.Revoked done) {
        page.queryParam("revoked", done.revoked()).queryParam("pending", done.pending());
    }

    private static boolean isNumber(@Nullable String text) {
        return text != null && NUMBER.matcher(text).matches();
    }
}
