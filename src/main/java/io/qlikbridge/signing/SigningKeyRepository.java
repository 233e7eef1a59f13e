package io.qlikbridge.signing;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface SigningKeyRepository extends JpaRepository<SigningKeyRow, UUID> {

    String TOWARDS = "k.connection_id = :connection and c.host = :host and c.settings @> cast(:addressee as jsonb)";

    /** Makes others that change the connection's keys wait; those that only refer to the connection go on. */
    @Query(value = "select id from connection where id = :connection for no key update", nativeQuery = true)
    Optional<String> lock(String connection);

    Optional<SigningKeyRow> findByConnectionIdAndKid(String connectionId, String kid);

    /**
     * The active key of a connection, while the connection is still so: whom it leads to, and in whose name.
     *
     * @param addressee the settings that say so, as a JSON object
     */
    @Query(
            nativeQuery = true,
            value = "select k.* from signing_key k join connection c on c.id = k.connection_id where " + TOWARDS
                    + " and k.state = 'ACTIVE'")
    Optional<SigningKeyRow> findActiveTowards(String connection, String host, String addressee);

    /** The same of a key by its id, whatever its state. */
    @Query(
            nativeQuery = true,
            value = "select k.* from signing_key k join connection c on c.id = k.connection_id where " + TOWARDS
                    + " and k.kid = :kid")
    Optional<SigningKeyRow> findTowards(String connection, String host, String addressee, String kid);

    /** Makes others that add the same key wait, until the end of the transaction. */
    @Query(nativeQuery = true, value = "select 1 from pg_advisory_xact_lock(7305424, hashtext(:thumbprint))")
    int lockKey(String thumbprint);

    Optional<SigningKeyRow> findFirstByThumbprintAndConnectionIdNotOrderByConnectionId(
            String thumbprint, String connectionId);

    /** Keys that sign for several connections; each with the connections' ids behind it, with commas between. */
    @Query(
            nativeQuery = true,
            value = "select string_agg(distinct connection_id, ', ' order by connection_id) from signing_key"
                    + " group by thumbprint having count(distinct connection_id) > 1 order by 1")
    List<String> findConnectionsOfSharedKeys();

    Optional<SigningKeyRow> findByConnectionIdAndState(String connectionId, KeyState state);

    List<SigningKeyRow> findByConnectionIdAndKidGreaterThanOrderByKid(String connectionId, String after, Limit limit);

    List<SigningKeyRow> findByConnectionIdInAndStateNotOrderByKid(Collection<String> connectionIds, KeyState state);

    @Modifying(clearAutomatically = true)
    @Query("update SigningKeyRow k set k.state = RETIRED where k.connectionId = :connection and k.state = ACTIVE")
    void retireActive(String connection);

    @Modifying(clearAutomatically = true)
    @Query("update SigningKeyRow k set k.state = ACTIVE where k.id = :id")
    void activate(UUID id);

    @Query("select new io.qlikbridge.signing.CertificateTerm(k.id, k.connectionId, k.kid, k.state, k.notAfter)"
            + " from SigningKeyRow k where k.state <> RETIRED order by k.connectionId, k.kid")
    List<CertificateTerm> findTerms();

    /** @return 1, or 0 when so few days were warned of before, or the key is retired or gone */
    @Modifying(clearAutomatically = true)
    @Query("update SigningKeyRow k set k.warnedDays = :days where k.id = :id and k.state <> RETIRED"
            + " and (k.warnedDays is null or k.warnedDays > :days)")
    int warn(UUID id, int days);

    @Modifying(clearAutomatically = true)
    @Query("update SigningKeyRow k set k.acceptedAt = :at where k.connectionId = :connection and k.kid = :kid")
    void accept(String connection, String kid, Instant at);

    @Query("select k.acceptedAt from SigningKeyRow k where k.id = :id")
    Optional<Instant> findAcceptedAt(UUID id);
}
