package io.qlikbridge.sitecertificate;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.vault.CannotOpen;

/** The private key of a connection's client certificate cannot be used. What it says may be shown to an admin. */
public class UnusableSiteKey extends RuntimeException {

    private final String remedy;

    private UnusableSiteKey(String detail, String remedy, Throwable cause) {
        super(detail, cause);
        this.remedy = remedy;
    }

    static UnusableSiteKey shut(ConnectionId connection, CannotOpen cause) {
        return new UnusableSiteKey(
                "The private key of the connection's client certificate does not open. " + cause.getMessage() + ".",
                "If its vault key was taken out of bridge.vault.keys, put it back behind the newest one. Otherwise: "
                        + again(connection),
                cause);
    }

    /** It opens, but what is in it is no key. */
    static UnusableSiteKey damaged(ConnectionId connection, Exception cause) {
        return new UnusableSiteKey(
                "The private key of the connection's client certificate is damaged.", again(connection), cause);
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    /** What to change. */
    public String remedy() {
        return remedy;
    }

    private static String again(ConnectionId connection) {
        return "Send the site's certificates again with PUT /api/v1/connections/" + connection + "/certificates.";
    }
}
