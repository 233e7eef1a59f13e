package io.qlikbridge.consolesession;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who has signed in, as a session keeps it: enough to find out anew at each request what they may do.
 *
 * @param at when, by the bridge's clock, from which on the session has its time
 * @param client the row of a client; null for a person
 * @param secretMark of the secret that the client came with
 * @param username of a person
 * @param issuer who vouches for the person
 * @param subject who it is there
 * @param connections where a person may act
 */
record SignedIn(
        Instant at,
        @Nullable String client,
        @Nullable String secretMark,
        @Nullable String username,
        @Nullable String issuer,
        @Nullable String subject,
        @Nullable List<String> connections) {

    static SignedIn client(Instant at, String row, String secretMark) {
        return new SignedIn(at, row, secretMark, null, null, null, null);
    }
}
