package io.qlikbridge.oauth;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What a token request must look like before anybody's secret is looked at (RFC 6749, sections 2.3.1, 3.2 and 4.4.2; RFC 8693,
 * section 2.1). Each
 * thing that tools get wrong has a sentence of its own: that the secret is another would send people elsewhere.
 */
final class TokenRequestForm {

    private static final List<String> ONCE = List.of(
            OAuth2ParameterNames.GRANT_TYPE,
            OAuth2ParameterNames.SCOPE,
            OAuth2ParameterNames.CLIENT_ID,
            OAuth2ParameterNames.CLIENT_SECRET,
            OAuth2ParameterNames.CLIENT_ASSERTION,
            OAuth2ParameterNames.CLIENT_ASSERTION_TYPE,
            OAuth2ParameterNames.SUBJECT_TOKEN,
            OAuth2ParameterNames.SUBJECT_TOKEN_TYPE,
            OAuth2ParameterNames.ACTOR_TOKEN,
            OAuth2ParameterNames.ACTOR_TOKEN_TYPE,
            OAuth2ParameterNames.REQUESTED_TOKEN_TYPE);

    /** May come more than once (RFC 8693, section 2.1). */
    private static final List<String> OFTEN = List.of(OAuth2ParameterNames.AUDIENCE, OAuth2ParameterNames.RESOURCE);

    private static final Set<String> SECRET =
            Set.of(OAuth2ParameterNames.CLIENT_SECRET, OAuth2ParameterNames.CLIENT_ASSERTION);

    private static final Set<String> TOKENS =
            Set.of(OAuth2ParameterNames.SUBJECT_TOKEN, OAuth2ParameterNames.ACTOR_TOKEN);

    private static final String AS_FORM =
            " Send grant_type, client_credentials or another, and what belongs to it as application/x-www-form-urlencoded.";

    private TokenRequestForm() {}

    /** @throws TokenRequestRefused {@code invalid_request}, with what to change */
    static void check(HttpServletRequest request) {
        checkQuery(request.getQueryString());
        BasicCredentials basic = BasicCredentials.in(request.getHeader(HttpHeaders.AUTHORIZATION));
        checkContentType(request, basic != null);
        for (String name : ONCE) {
            String[] values = request.getParameterValues(name);
            if (values != null && values.length > 1) {
                throw refused("The parameter " + name + " is sent more than once. Send it once.");
            }
        }
        if (basic != null) {
            checkOneProof(request, basic);
        }
    }

    /** What is in an address ends in logs (RFC 6749, section 2.3.1). */
    private static void checkQuery(@Nullable String query) {
        if (query == null) {
            return;
        }
        Set<String> names = UriComponentsBuilder.newInstance()
                .query(query)
                .build()
                .getQueryParams()
                .keySet();
        if (names.stream().anyMatch(SECRET::contains)) {
            throw refused(
                    "The secret stands in the address, where logs keep it. Send it with HTTP Basic or in the body,"
                            + " and have the client given a new one.");
        }
        if (names.stream().anyMatch(TOKENS::contains)) {
            throw refused("A token stands in the address, where logs keep it. Send it in the body.");
        }
        if (names.stream().anyMatch(ONCE::contains) || names.stream().anyMatch(OFTEN::contains)) {
            throw refused("Parameters in the address are not read. Send them in the body." + AS_FORM);
        }
    }

    private static void checkContentType(HttpServletRequest request, boolean signed) {
        String sent = request.getContentType();
        if (sent == null) {
            // an empty request without credentials is one by nobody, which it is told
            if (request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
                throw refused("The body has no Content-Type, so it is not read." + AS_FORM);
            }
            if (signed) {
                throw refused("The request has no body." + AS_FORM);
            }
            return;
        }
        MediaType type = read(sent);
        if (type == null || !MediaType.APPLICATION_FORM_URLENCODED.isCompatibleWith(type)) {
            throw refused("The body is " + form(type) + ", which is not read here." + AS_FORM);
        }
    }

    private static @Nullable MediaType read(String contentType) {
        try {
            return MediaType.parseMediaType(contentType);
        } catch (InvalidMediaTypeException malformed) {
            return null;
        }
    }

    private static String form(@Nullable MediaType type) {
        if (type == null) {
            return "of a type that is none";
        }
        if (type.getType().equals("multipart")) {
            return "multipart";
        }
        String subtype = type.getSubtype();
        if (subtype.equals("json") || subtype.endsWith("+json")) {
            return "JSON";
        }
        return subtype.equals("xml") || subtype.endsWith("+xml") ? "XML" : "of another type";
    }

    /** A client proves itself in one way (RFC 6749, section 2.3); some libraries name it in the body all the same. */
    private static void checkOneProof(HttpServletRequest request, BasicCredentials basic) {
        if (StringUtils.hasText(request.getParameter(OAuth2ParameterNames.CLIENT_SECRET))
                || StringUtils.hasText(request.getParameter(OAuth2ParameterNames.CLIENT_ASSERTION))) {
            throw refused("The client proves itself with HTTP Basic and in the body. Send one of the two.");
        }
        String named = request.getParameter(OAuth2ParameterNames.CLIENT_ID);
        if (StringUtils.hasText(named) && !named.equals(basic.client())) {
            throw refused("HTTP Basic and client_id in the body name two clients. Send one of the two.");
        }
    }

    private static TokenRequestRefused refused(String description) {
        return new TokenRequestRefused(OAuth2ErrorCodes.INVALID_REQUEST, description);
    }

    /** What a request lacks that looks like one, and is none all the same. */
    static String whatIsMissing(HttpServletRequest request) {
        return StringUtils.hasText(request.getParameter(OAuth2ParameterNames.GRANT_TYPE))
                ? "The request cannot be read."
                : "The body has no grant_type." + AS_FORM;
    }

    /** Why nobody signed in with this request, as far as the request itself tells; never whether there is such a client. */
    static String whyNobodySignedIn(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean named = StringUtils.hasText(request.getParameter(OAuth2ParameterNames.CLIENT_ID));
        boolean proven = StringUtils.hasText(request.getParameter(OAuth2ParameterNames.CLIENT_SECRET));
        String both = " Send both with HTTP Basic or in the form.";
        if (header != null && !header.regionMatches(true, 0, "Basic", 0, "Basic".length()) && !proven) {
            return "A client signs in here with its id and secret, not with what Authorization holds." + both;
        }
        if (StringUtils.hasText(request.getParameter(OAuth2ParameterNames.CLIENT_ASSERTION))) {
            return "A client signs in here with its id and secret, not with an assertion." + both;
        }
        if (header == null && !named) {
            return proven
                    ? "The request has a client_secret and no client_id." + both
                    : "The request names no client, so it needs a client id and secret." + both;
        }
        if (header == null && !proven) {
            return "The request has a client_id and no client_secret." + both;
        }
        String plus = header != null && !header.isEmpty() && hasPlainPlus(header)
                ? " The secret was sent with a plus sign, which means a blank in HTTP Basic: send %2B for a plus sign"
                        + " (RFC 6749, section 2.3.1)."
                : "";
        return "There is no such client, or its secret is another." + both + plus;
    }

    private static boolean hasPlainPlus(String header) {
        try {
            BasicCredentials basic = BasicCredentials.in(header);
            return basic != null && basic.hasPlus();
        } catch (TokenRequestRefused malformed) {
            return false;
        }
    }

    /** Whom HTTP Basic names, and never the secret. */
    record BasicCredentials(String client, boolean hasPlus) {

        private static final String SCHEME = "Basic";

        /**
         * @return {@code null} where the header is of another scheme, or is not there
         * @throws TokenRequestRefused where it is Basic, and cannot be read
         */
        static @Nullable BasicCredentials in(@Nullable String header) {
            if (header == null || !SCHEME.equalsIgnoreCase(header.strip().split("\\s", 2)[0])) {
                return null;
            }
            String[] parts = header.split("\\s");
            if (parts.length != 2 || !parts[0].equalsIgnoreCase(SCHEME)) {
                throw refused("Authorization is Basic, one blank, and the base64 of id:secret; here it has "
                        + (header.strip().length() == SCHEME.length() ? "nothing behind Basic." : "other blanks."));
            }
            String both = decoded(parts[1]);
            int colon = both.indexOf(':');
            if (colon < 0) {
                throw refused("What Authorization holds in base64 has no colon between the client id and the secret.");
            }
            String id = both.substring(0, colon);
            String secret = both.substring(colon + 1);
            if (id.isBlank() || secret.isBlank()) {
                throw refused("Authorization has no " + (id.isBlank() ? "client id" : "secret")
                        + ". Is the variable that it comes from set?");
            }
            String client = unescaped(id, "client id");
            unescaped(secret, "secret");
            return new BasicCredentials(client, secret.contains("+"));
        }

        private static String decoded(String base64) {
            try {
                return new String(
                        Base64.getDecoder().decode(base64.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException notBase64) {
                throw refused("What Authorization holds behind Basic is not base64. It is the base64 of id:secret, in"
                        + " one line, with + and / rather than - and _.");
            }
        }

        private static String unescaped(String value, String what) {
            try {
                return URLDecoder.decode(value, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException notEscaped) {
                throw refused("The " + what + " in HTTP Basic has a percent sign that begins no escape. Send %25 for a"
                        + " percent sign, and %2B for a plus sign (RFC 6749, section 2.3.1).");
            }
        }
    }
}
