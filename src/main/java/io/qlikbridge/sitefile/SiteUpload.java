package io.qlikbridge.sitefile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The files that an admin uploads of a site, as they came. Holds secrets: {@link #wipe()} ends it.
 *
 * @param pfx the client's certificate and key, PKCS#12; without {@code client} and {@code clientKey} beside it
 * @param client the client's certificate
 * @param clientKey its private key
 * @param root the certificate of the authority that the site made for itself
 * @param passphrase of the file with the private key; not looked at where none is needed
 */
public record SiteUpload(
        byte @Nullable [] pfx,
        byte @Nullable [] client,
        byte @Nullable [] clientKey,
        byte @Nullable [] root,
        char @Nullable [] passphrase) {

    /** Whether anything was sent that belongs to a client. */
    public boolean hasClient() {
        return pfx != null || client != null || clientKey != null;
    }

    /** Overwrites all that was sent. */
    public void wipe() {
        wipe(pfx);
        wipe(client);
        wipe(clientKey);
        wipe(root);
        if (passphrase != null) {
            Arrays.fill(passphrase, '\0');
        }
    }

    private static void wipe(byte @Nullable [] file) {
        if (file != null) {
            Arrays.fill(file, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "SiteUpload[]";
    }
}
