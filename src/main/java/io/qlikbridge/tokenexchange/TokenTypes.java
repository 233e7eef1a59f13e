package io.qlikbridge.tokenexchange;

import java.util.List;

/** Names of kinds of tokens (RFC 8693, section 3), and one of our own. */
final class TokenTypes {

    static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
    static final String JWT = "urn:ietf:params:oauth:token-type:jwt";

    /** The subject token is the username itself. */
    static final String USERNAME = "urn:qlik-bridge:token-type:username";

    /** What a subject token may be. */
    static final List<String> OF_SUBJECTS = List.of(ACCESS_TOKEN, ID_TOKEN, JWT, USERNAME);

    private TokenTypes() {}
}
