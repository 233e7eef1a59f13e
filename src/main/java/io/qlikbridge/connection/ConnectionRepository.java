package io.qlikbridge.connection;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface ConnectionRepository extends JpaRepository<ConnectionRow, String> {

    List<ConnectionRow> findByIdGreaterThanOrderById(String after, Limit limit);

    @Query("select c.id from ConnectionRow c where c.id in :ids")
    Set<String> findIds(Collection<String> ids);

    @Query("select c.id from ConnectionRow c")
    List<String> ids();

    /** Waits for those who are adding rows that refer to the connection, and lets no other begin. */
    @Query(nativeQuery = true, value = "select id from connection where id = :id for update")
    List<String> lock(String id);

    @Modifying
    @Query(nativeQuery = true, value = "delete from connection where id = :id")
    void deleteLocked(String id);
}
