package io.qlikbridge.signing;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface SigningKeyRepository extends JpaRepository<SigningKeyRow, UUID> {

    /** Makes others that change the connection's keys wait; those that only refer to the connection go on. */
    @Query(value = "select id from connection where id = :connection for no key update", nativeQuery = true)
    Optional<String> lock(String connection);

    Optional<SigningKeyRow> findByConnectionIdAndKid(String connectionId, String kid);

    Optional<SigningKeyRow> findByConnectionIdAndState(String connectionId, KeyState state);

    List<SigningKeyRow> findByConnectionIdAndKidGreaterThanOrderByKid(String connectionId, String after, Limit limit);

    @Modifying(clearAutomatically = true)
    @Query("update SigningKeyRow k set k.state = RETIRED where k.connectionId = :connection and k.state = ACTIVE")
    void retireActive(String connection);

    @Modifying(clearAutomatically = true)
    @Query("update SigningKeyRow k set k.state = ACTIVE where k.id = :id")
    void activate(UUID id);
}
