package io.qlikbridge.connection;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface ConnectionRepository extends JpaRepository<ConnectionRow, String> {

    List<ConnectionRow> findByIdGreaterThanOrderById(String after, Limit limit);

    @Modifying
    @Query("update ConnectionRow c set c.tenantMaximum = :maximum where c.id = :id")
    void setTenantMaximum(String id, String maximum);
}
