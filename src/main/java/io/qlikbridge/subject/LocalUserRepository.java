package io.qlikbridge.subject;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface LocalUserRepository extends JpaRepository<LocalUserRow, UUID> {

    @Query(nativeQuery = true, value = "select * from local_user where username = :username")
    Optional<LocalUserRow> findByUsername(String username);

    /**
     * A page of users, in the order of their names.
     *
     * @param username the only one; empty for any
     * @param query stands in the username, the name or the e-mail address, whatever its case, with {@code %} and {@code _} escaped by a
     *     backslash; empty for any
     */
    // the names' own collation knows no lower case beyond ASCII
    @Query(nativeQuery = true, value = """
                    select * from local_user
                    where username > :after
                      and (:username = '' or username = :username)
                      and (:query = ''
                        or lower(username collate "default") like lower('%' || :query || '%')
                        or lower(name) like lower('%' || :query || '%')
                        or lower(email) like lower('%' || :query || '%'))
                    order by username limit :limit
                    """)
    List<LocalUserRow> search(String username, String query, String after, int limit);

    @Modifying
    @Query(nativeQuery = true, value = "delete from local_user where id = :id")
    int deleteRow(UUID id);

    @Modifying
    @Query(nativeQuery = true, value = """
                    update local_user set identity_issuer = :issuer, identity_subject = :subject
                    where id = :id and identity_issuer is null
                    """)
    int setIdentity(UUID id, String issuer, String subject);

    @Modifying
    @Query(
            nativeQuery = true,
            value = "update local_user set identity_issuer = null, identity_subject = null where id = :id")
    int clearIdentity(UUID id);

    @Modifying
    @Query(nativeQuery = true, value = """
                    insert into local_user (id, version, username, name, email, email_verified, groups, enabled,
                        created_at, updated_at, identity_issuer, identity_subject)
                    values (:id, 0, :username, :name, :email, :emailVerified, :groups, true, :now, :now, :issuer, :subject)
                    on conflict (username) do nothing
                    """)
    int insertIfAbsent(
            UUID id,
            String username,
            @Nullable String name,
            @Nullable String email,
            boolean emailVerified,
            String[] groups,
            Instant now,
            String issuer,
            String subject);
}
