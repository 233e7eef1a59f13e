package io.qlikbridge.issuing;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.lease.LeaseStore;
import io.qlikbridge.subject.Subject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A lease in memory, with its token open, for as long as its subject is this very object and its connection as it was. */
final class HeldLease {

    private final Connection connection;
    private final Subject subject;
    private final Lease lease;
    private final long writtenBy;
    private volatile @Nullable Instant useNoted;

    /** @param row what was read, and by which transaction it was written */
    HeldLease(Connection connection, Subject subject, LeaseStore.Row row) {
        this.connection = connection;
        this.subject = subject;
        this.lease = row.lease();
        this.writtenBy = row.writtenBy();
        this.useNoted = lease.lastUsedAt();
    }

    Lease lease() {
        return lease;
    }

    boolean isWrittenBy(long transaction) {
        return writtenBy == transaction;
    }

    boolean isOf(Connection asked, Subject askedSubject) {
        return subject == askedSubject && (connection == asked || connection.equals(asked));
    }

    /**
     * Notes that the lease is used now.
     *
     * @param every how long one note stands for later uses
     * @return whether that has to be written down: no note stands since the lease was issued
     */
    boolean noteUse(Instant now, Duration every) {
        Instant noted = useNoted;
        if (noted != null
                && !noted.isBefore(lease.issuedAt())
                && !noted.plus(every).isBefore(now)) {
            return false;
        }
        useNoted = now;
        return true;
    }

    @Override
    public String toString() {
        return "HeldLease[" + lease.id() + "]";
    }
}
