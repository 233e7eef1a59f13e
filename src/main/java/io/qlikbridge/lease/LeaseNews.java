package io.qlikbridge.lease;

import io.qlikbridge.connection.ConnectionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells those who wait for another replica that it has come to an end, by PostgreSQL's {@code LISTEN/NOTIFY}. News may be
 * lost while the connection is; whoever waits looks again by itself now and then.
 */
@Component
class LeaseNews implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LeaseNews.class);
    private static final String CHANNEL = "bridge_lease";

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RECONNECT = Duration.ofSeconds(1);

    private final DataSource database;
    private final ConcurrentHashMap<String, CountDownLatch> waiting = new ConcurrentHashMap<>();
    private volatile @Nullable Thread listener;

    LeaseNews(DataSource database) {
        this.database = database;
    }

    /** Waits for news of a holder's leases, at most {@code longest}. */
    void await(Holder holder, Duration longest) throws InterruptedException {
        CountDownLatch latch = waiting.computeIfAbsent(holder.channel(), ignored -> new CountDownLatch(1));
        if (!latch.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            waiting.remove(holder.channel(), latch);
        }
    }

    /** Tells all replicas of a change to a holder's leases, once the transaction has ended well. */
    static void tell(JdbcClient jdbc, Holder holder) {
        tell(jdbc, holder.channel());
    }

    /** Tells all replicas of a change to a user's leases, once the transaction has ended well. */
    static void tell(JdbcClient jdbc, ConnectionId connection, UUID user) {
        tell(jdbc, Holder.channel(connection, user));
    }

    private static void tell(JdbcClient jdbc, String holder) {
        jdbc.sql("select pg_notify(:channel, :holder)")
                .param("channel", CHANNEL)
                .param("holder", holder)
                .query((row, number) -> true)
                .single();
    }

    @Override
    public void start() {
        listener = Thread.ofPlatform().daemon().name("lease-news").start(this::listen);
    }

    @Override
    public void stop() {
        Thread running = listener;
        listener = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join(POLL.plus(RECONNECT));
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return listener != null;
    }

    private void listen() {
        while (listener == Thread.currentThread()) {
            try (Connection connection = database.getConnection()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("listen " + CHANNEL);
                }
                try {
                    receive(connection.unwrap(PGConnection.class));
                } finally {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("unlisten *");
                    }
                }
            } catch (SQLException lost) {
                if (listener == Thread.currentThread()) {
                    log.debug("Lost the database connection for news of leases; waiting callers look for themselves");
                    pause();
                }
            }
        }
    }

    private void receive(PGConnection connection) throws SQLException {
        while (listener == Thread.currentThread()) {
            PGNotification[] news = connection.getNotifications(Math.toIntExact(POLL.toMillis()));
            if (news == null) {
                continue;
            }
            for (PGNotification one : news) {
                CountDownLatch latch = waiting.remove(one.getParameter());
                if (latch != null) {
                    latch.countDown();
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RECONNECT);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
