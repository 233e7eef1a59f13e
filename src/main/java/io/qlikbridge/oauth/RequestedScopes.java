package io.qlikbridge.oauth;

import io.qlikbridge.client.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

/** The scopes that a token request asks for (RFC 6749, section 3.3). */
public final class RequestedScopes {

    private static final int MOST_NAMED = 3;
    private static final int LONGEST_NAMED = 40;

    private RequestedScopes() {}

    /**
     * The scopes by name; none where the parameter is left out. Without a value it counts as left out (section 3.2).
     *
     * @param asked the parameter {@code scope}
     * @param had those of the client
     * @throws TokenRequestRefused {@code invalid_scope}, when one is not known, or the client does not have it
     */
    public static List<String> of(@Nullable String asked, Set<String> had) {
        if (asked == null || asked.isEmpty()) {
            return List.of();
        }
        List<String> names = Arrays.asList(asked.split(" ", -1));
        if (names.contains("")) {
            throw refused(
                    asked.isBlank()
                            ? "The scope is blank."
                            : "Scopes have one blank between them, and none in front or behind.");
        }
        if (asked.contains(",")) {
            throw refused("Scopes have a blank between them, not a comma.");
        }
        List<String> unknown =
                not(names, Stream.of(Scope.values()).map(Scope::value).collect(Collectors.toSet()));
        if (!unknown.isEmpty()) {
            throw refused("There is no scope " + String.join(", ", unknown) + ". There are "
                    + Stream.of(Scope.values()).map(Scope::value).collect(Collectors.joining(", ")) + ".");
        }
        List<String> lacked = not(names, had);
        if (!lacked.isEmpty()) {
            throw refused("The client does not have the scope " + String.join(", ", lacked) + ". It has "
                    + had.stream().sorted().collect(Collectors.joining(", ")) + ".");
        }
        return names;
    }

    private static List<String> not(List<String> names, Set<String> these) {
        return names.stream()
                .filter(name -> !these.contains(name))
                .distinct()
                .limit(MOST_NAMED)
                .map(RequestedScopes::harmless)
                .toList();
    }

    /** Nobody's long ones, and nothing that breaks a sentence. */
    private static String harmless(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._:/-]", "?");
        return plain.length() > LONGEST_NAMED ? plain.substring(0, LONGEST_NAMED) + "..." : plain;
    }

    private static TokenRequestRefused refused(String fault) {
        return new TokenRequestRefused(
                OAuth2ErrorCodes.INVALID_SCOPE, fault + " Leave scope out to get those the client has.");
    }
}
