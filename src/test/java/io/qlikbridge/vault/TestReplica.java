package io.qlikbridge.vault;

import io.qlikbridge.resealing.Reseal;
import io.qlikbridge.resealing.ResealStore;
import io.qlikbridge.resealing.RotationStore;
import io.qlikbridge.resealing.VaultProgress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/** What a replica that was started with some keys has of the vault, without the rest of it. */
final class TestReplica {

    final Vault vault;
    final ResealStore pages;
    final RotationStore rotation;
    final VaultCanaryStore canaries;
    final Reseal reseal;
    final VaultProgress progress;
    final List<Object> events = new CopyOnWriteArrayList<>();

    private final DataSource database;

    /** @param keys newest first, each {@code id:base64} */
    TestReplica(DataSource database, Clock clock, List<SealedTable> tables, String... keys) {
        this.database = database;
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        tables.forEach(table -> beans.addBean(table.table(), table));
        JdbcClient client = JdbcClient.create(database);
        KeyRing ring = VaultKeyReader.read(new VaultProperties(String.join(",", keys), null));
        SealedRowsStore rows = transactional(new SealedRowsStore(client, beans.getBeanProvider(SealedTable.class)));
        canaries = transactional(new VaultCanaryStore(client, rows, clock));
        vault = new Vault(ring, canaries.check(ring));
        pages = transactional(new ResealStore(client, new JdbcTemplate(database), ring, vault, clock));
        rotation = transactional(new RotationStore(client, rows, ring, events::add, clock));
        reseal = new Reseal(ring, rows, pages, rotation, canaries, vault, clock);
        progress = new VaultProgress(ring, rows, rotation, canaries);
    }

    void round() {
        reseal.round(() -> false);
    }

    @SuppressWarnings("unchecked")
    private <T> T transactional(T store) {
        ProxyFactory proxy = new ProxyFactory(store);
        proxy.setProxyTargetClass(true);
        proxy.addAdvice(new TransactionInterceptor(
                new JdbcTransactionManager(database), new AnnotationTransactionAttributeSource(false)));
        return (T) proxy.getProxy(store.getClass().getClassLoader());
    }
}
