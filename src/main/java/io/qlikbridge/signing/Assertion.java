package io.qlikbridge.signing;

/**
 * A signed JWT that says who somebody is (RFC 7523). A credential while it lasts: never printed.
 *
 * @param value the compact form, three base64url parts with dots between
 */
public record Assertion(String value) {

    @Override
    public String toString() {
        return "Assertion[]";
    }
}
