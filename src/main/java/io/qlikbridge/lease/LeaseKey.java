package io.qlikbridge.lease;

import io.qlikbridge.changes.Change;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.Subject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * For whom a lease is: a user of a connection, being one subject at one host, with these groups and this e-mail address. A
 * user who becomes another subject or leaves a group, or whose connection moves to another host, is another holder: the
 * tenant takes groups and address from the sign-in, so they would outlive their end in a key (contract, section 2.7).
 *
 * @param asserted a hash of what is asserted beside the subject, and of what is issued by the connection's settings
 */
public record LeaseKey(ConnectionId connection, URI host, UUID user, String subject, String asserted) {

    public static LeaseKey of(Connection connection, Subject subject) {
        LocalUser user = subject.user();
        return new LeaseKey(
                connection.id(),
                connection.host(),
                user.id(),
                subject.value(),
                hash(user, connection.settings().issued()));
    }

    public boolean holds(Lease lease) {
        return lease.subject().equals(subject)
                && lease.host().equals(host)
                && lease.asserted().equals(asserted);
    }

    /** A change of this user's leases, as this replica tells it to itself. */
    public Change.OfLease change() {
        return change(connection, user);
    }

    /** The same, made by this transaction. */
    public Change.OfLease change(long transaction) {
        return new Change.OfLease(connection.value(), user, transaction);
    }

    public static Change.OfLease change(ConnectionId connection, UUID user) {
        return new Change.OfLease(connection.value(), user, null);
    }

    private static String hash(LocalUser user, String issued) {
        StringBuilder text =
                new StringBuilder().append(user.email()).append('\n').append(user.emailVerified());
        // no group has a line break
        user.groups().stream().sorted().forEach(group -> text.append('\n').append(group));
        if (!issued.isEmpty()) {
            // two line breaks are in no hash without it
            text.append("\n\n").append(issued);
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
