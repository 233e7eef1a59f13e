package io.qlikbridge.consolecredentials;

import io.qlikbridge.leaseadmin.LeaseQuery;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Which credentials the page shows, as it was typed; empty for all.
 *
 * @param endsBefore a day, which begins in UTC
 */
record CredentialFilter(String user, String connection, String state, String endsBefore) {

    static final String USER = "user";
    static final String CONNECTION = "connection";
    static final String STATE = "state";
    static final String ENDS_BEFORE = "endsBefore";

    /** Is refused, as what is no day should be. */
    private static final String NO_DAY = "no day";

    static CredentialFilter of(MultiValueMap<String, String> typed) {
        return new CredentialFilter(
                value(typed, USER), value(typed, CONNECTION), value(typed, STATE), value(typed, ENDS_BEFORE));
    }

    private static String value(MultiValueMap<String, String> typed, String name) {
        String value = typed.getFirst(name);
        return value == null ? "" : value.strip();
    }

    LeaseQuery query() {
        return new LeaseQuery(orNull(connection), orNull(user), orNull(state), orNull(instant()));
    }

    public boolean isEmpty() {
        return user.isEmpty() && connection.isEmpty() && state.isEmpty() && endsBefore.isEmpty();
    }

    /** Whether somebody or something is named whose credentials can be ended together. */
    public boolean namesOwner() {
        return !user.isEmpty() || !connection.isEmpty();
    }

    /** The address of the page behind one, of the same filter. */
    String next(String after) {
        UriComponentsBuilder page = UriComponentsBuilder.fromPath(CredentialsSection.PATH);
        add(page, USER, user);
        add(page, CONNECTION, connection);
        add(page, STATE, state);
        add(page, ENDS_BEFORE, endsBefore);
        add(page, "after", after);
        return page.build(true).toUriString();
    }

    static void add(UriComponentsBuilder page, String name, String value) {
        if (!value.isEmpty()) {
            // strictly: a + in a name is no blank
            page.queryParam(name, UriUtils.encode(value, StandardCharsets.UTF_8));
        }
    }

    private String instant() {
        if (endsBefore.isEmpty()) {
            return endsBefore;
        }
        try {
            return LocalDate.parse(endsBefore).atStartOfDay(ZoneOffset.UTC).toString();
        } catch (DateTimeException notADay) {
            return NO_DAY;
        }
    }

    private static @Nullable String orNull(String value) {
        return value.isEmpty() ? null : value;
    }
}
