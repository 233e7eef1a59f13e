package io.qlikbridge.connection;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface ConnectionRepository extends JpaRepository<ConnectionRow, String> {

    @Query(nativeQuery = true, value = "select * from connection where id > :after order by id limit :limit")
    List<ConnectionRow> findAfter(String after, int limit);

    @Query(nativeQuery = true, value = "select id from connection where id = any(:ids)")
    List<String> findIds(String[] ids);

    @Query(nativeQuery = true, value = "select * from connection where host = :host order by id")
    List<ConnectionRow> findAt(String host);

    @Query(nativeQuery = true, value = "select id from connection")
    List<String> ids();

    /** Waits for those who are adding rows that refer to the connection, and lets no other begin. */
    @Query(nativeQuery = true, value = "select id from connection where id = :id for update")
    List<String> lock(String id);

    @Modifying
    @Query(nativeQuery = true, value = "delete from connection where id = :id")
    void deleteLocked(String id);
}
