package io.qlikbridge.sitecertificate;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface SiteCertificateRepository extends JpaRepository<SiteCertificateRow, UUID> {

    /** Makes others that change the connection's certificates wait; those that only refer to the connection go on. */
    @Query(nativeQuery = true, value = "select id from connection where id = :connection for no key update")
    Optional<String> lock(String connection);

    @Query(nativeQuery = true, value = "select * from site_certificate where connection_id = :connection")
    Optional<SiteCertificateRow> find(String connection);

    @Query(nativeQuery = true, value = "select * from site_certificate order by connection_id")
    List<SiteCertificateRow> findInOrder();

    @Modifying(clearAutomatically = true)
    @Query(nativeQuery = true, value = "delete from site_certificate where id = :id")
    void deleteLocked(UUID id);

    /**
     * Notes of how few days was warned.
     *
     * @return 1, or 0 when so few days were warned of before, or these certificates are gone
     */
    @Modifying(clearAutomatically = true)
    @Query(nativeQuery = true, value = """
                    update site_certificate set client_warned_days = :days
                    where id = :id and (client_warned_days is null or client_warned_days > :days)
                    """)
    int warnOfClient(UUID id, int days);

    /** The same of the root. */
    @Modifying(clearAutomatically = true)
    @Query(nativeQuery = true, value = """
                    update site_certificate set root_warned_days = :days
                    where id = :id and (root_warned_days is null or root_warned_days > :days)
                    """)
    int warnOfRoot(UUID id, int days);
}
