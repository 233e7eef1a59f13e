package io.qlikbridge.client;

import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells others which clients there are. */
@Component
public class PresentClients {

    private final ClientStore store;

    PresentClients(ClientStore store) {
        this.store = store;
    }

    /** Whether a client can have this id at all. */
    public boolean canBe(String clientId) {
        return NewClient.isId(clientId);
    }

    public boolean contains(String clientId) {
        return store.find(clientId).isPresent();
    }

    /**
     * Changes when the client's secret does, and tells nothing of it; empty where there is no such client. Reads the database.
     *
     * @return hexadecimal
     */
    public Optional<String> secretMark(String clientId) {
        return store.secretHash(clientId).map(PresentClients::mark);
    }

    /**
     * Keeps the client, and its secret, as they are until the caller's transaction ends: whoever deletes it or renews its secret
     * meanwhile waits, and then sees what was done.
     *
     * @throws BridgeException {@code unauthenticated} when the client was deleted while it was served
     */
    public void hold(String clientId) {
        if (!store.hold(clientId)) {
            throw new BridgeException(
                    ProblemCode.UNAUTHENTICATED, "The client of the access token is not there any more.");
        }
    }

    static String mark(String secretHash) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(secretHash.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
