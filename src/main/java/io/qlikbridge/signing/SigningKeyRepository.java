package io.qlikbridge.signing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface SigningKeyRepository extends JpaRepository<SigningKeyRow, UUID> {

    String TOWARDS = "k.connection_id = :connection and c.host = :host and c.settings @> cast(:addressee as jsonb)";

    /** Makes others that change the connection's keys wait; those that only refer to the connection go on. */
    @Query(value = "select id from connection where id = :connection for no key update", nativeQuery = true)
    Optional<String> lock(String connection);

    @Query(nativeQuery = true, value = "select * from signing_key where connection_id = :connection and kid = :kid")
    Optional<SigningKeyRow> find(String connection, String kid);

    /**
     * The key of a connection that is in a state which one alone can be in, while the connection is still so: whom it leads to, and in
     * whose name.
     *
     * @param addressee the settings that say so, as a JSON object
     */
    @Query(
            nativeQuery = true,
            value = "select k.* from signing_key k join connection c on c.id = k.connection_id where " + TOWARDS
                    + " and k.state = :state")
    Optional<SigningKeyRow> findInStateTowards(String connection, String host, String addressee, String state);

    /** The same of a key by its id, whatever its state. */
    @Query(
            nativeQuery = true,
            value = "select k.* from signing_key k join connection c on c.id = k.connection_id where " + TOWARDS
                    + " and k.kid = :kid")
    Optional<SigningKeyRow> findTowards(String connection, String host, String addressee, String kid);

    /** Makes others that add the same key wait, until the end of the transaction. */
    @Query(nativeQuery = true, value = "select 1 from pg_advisory_xact_lock(7305424, hashtext(:thumbprint))")
    int lockKey(String thumbprint);

    /** The same key at another connection. */
    @Query(nativeQuery = true, value = """
                    select * from signing_key where thumbprint = :thumbprint and connection_id <> :connection
                    order by connection_id limit 1
                    """)
    Optional<SigningKeyRow> findElsewhere(String thumbprint, String connection);

    /** Keys that sign for several connections; each with the connections' ids behind it, with commas between. */
    @Query(
            nativeQuery = true,
            value = "select string_agg(distinct connection_id, ', ' order by connection_id) from signing_key"
                    + " group by thumbprint having count(distinct connection_id) > 1 order by 1")
    List<String> findConnectionsOfSharedKeys();

    @Query(nativeQuery = true, value = "select * from signing_key where connection_id = :connection and state = :state")
    Optional<SigningKeyRow> findInState(String connection, String state);

    @Query(nativeQuery = true, value = """
                    select * from signing_key where connection_id = :connection and kid > :after order by kid limit :limit
                    """)
    List<SigningKeyRow> findAfter(String connection, String after, int limit);

    @Query(nativeQuery = true, value = """
                    select * from signing_key where connection_id = any(:connections) and state <> :state order by kid
                    """)
    List<SigningKeyRow> findNotInState(String[] connections, String state);

    @Query(nativeQuery = true, value = "select * from signing_key where state <> :state order by connection_id, kid")
    List<SigningKeyRow> findNotInState(String state);

    @Modifying(clearAutomatically = true)
    @Query(nativeQuery = true, value = """
                    update signing_key set state = :to where connection_id = :connection and state = :from
                    """)
    void changeState(String connection, String from, String to);

    @Modifying(clearAutomatically = true)
    @Query(nativeQuery = true, value = "update signing_key set state = :state where id = :id")
    void changeState(UUID id, String state);

    /**
     * Notes of how few days was warned.
     *
     * @param unless of a key in this state there is no warning
     * @return 1, or 0 when so few days were warned of before, or the key is in that state or gone
     */
    @Modifying(clearAutomatically = true)
    @Query(nativeQuery = true, value = """
                    update signing_key set warned_days = :days
                    where id = :id and state <> :unless and (warned_days is null or warned_days > :days)
                    """)
    int warn(UUID id, int days, String unless);

    @Modifying(clearAutomatically = true)
    @Query(
            nativeQuery = true,
            value = "update signing_key set accepted_at = :at where connection_id = :connection and kid = :kid")
    void accept(String connection, String kid, Instant at);
}
