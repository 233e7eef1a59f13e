package io.qlikbridge.issuer;

import io.qlikbridge.caller.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a trusted issuer's token says of a person. */
record PersonClaims(Map<String, Object> claims) {

    private static final List<String> USUAL_ROLES = List.of("roles", "realm_access.roles");

    @Nullable
    String text(String claim) {
        return at(claim) instanceof String text && !text.isBlank() ? text : null;
    }

    /** @param claim where the roles are; {@code null} for the usual places */
    boolean hasRole(String role, @Nullable String claim) {
        Stream<String> places = claim == null ? USUAL_ROLES.stream() : Stream.of(claim);
        return places.map(this::at)
                .anyMatch(roles -> role.equals(roles) || texts(roles).contains(role));
    }

    Profile profile() {
        return new Profile(text("name"), text("email"), Boolean.TRUE.equals(at("email_verified")), texts(at("groups")));
    }

    /** A claim by its name, or by names with dots between. Names may have dots themselves, as in a URL. */
    private @Nullable Object at(String claim) {
        Object value = claims.get(claim);
        if (value != null) {
            return value;
        }
        value = claims;
        for (String name : Arrays.asList(claim.split("\\."))) {
            if (!(value instanceof Map<?, ?> object)) {
                return null;
            }
            value = object.get(name);
        }
        return value;
    }

    private static List<String> texts(@Nullable Object list) {
        if (!(list instanceof Collection<?> values)) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (Object value : values) {
            if (!(value instanceof String text)) {
                return List.of();
            }
            texts.add(text);
        }
        return texts;
    }
}
