package io.qlikbridge.changes;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Hears what the database tells, on a connection of its own, by PostgreSQL's {@code LISTEN/NOTIFY}. */
@Component
class ChangeListener implements SmartLifecycle {

    static final String CHANNEL = "bridge_news";

    private static final Logger log = LoggerFactory.getLogger(ChangeListener.class);
    /** The longest that a stop waits for it. */
    private static final Duration POLL = Duration.ofMillis(200);

    private static final Duration RECONNECT = Duration.ofSeconds(1);

    private final DataSource database;
    private final ChangeFeed changes;
    private final Heartbeat heartbeat;
    private final Duration silence;
    private volatile @Nullable Thread listener;

    ChangeListener(DataSource database, ChangeFeed changes, Heartbeat heartbeat) {
        this.database = database;
        this.changes = changes;
        this.heartbeat = heartbeat;
        this.silence = heartbeat.longestSilence();
    }

    @Override
    public void start() {
        Thread ears = Thread.ofPlatform().daemon().name("news").unstarted(this::listen);
        // first, since it goes by it
        listener = ears;
        ears.start();
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
                execute(connection, "listen " + CHANNEL);
                changes.startAnew();
                heartbeat.begin();
                if (!receive(connection.unwrap(PGConnection.class))) {
                    // the other end may be gone without a word; what comes next fails, so the pool lets go of it too
                    connection.abort(Runnable::run);
                }
                execute(connection, "unlisten *");
            } catch (SQLException | RuntimeException | Error lost) {
                if (listener == Thread.currentThread()) {
                    log.debug("Lost the database connection for news", lost);
                    pause();
                }
            } finally {
                heartbeat.pause();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Hears until the end, or until even our own heartbeats have not been heard for long; then false. */
    private boolean receive(PGConnection connection) throws SQLException {
        long last = System.nanoTime();
        while (listener == Thread.currentThread()) {
            PGNotification[] some = connection.getNotifications(Math.toIntExact(POLL.toMillis()));
            if (some != null && some.length > 0) {
                last = System.nanoTime();
            } else if (changes.staleness().isWanted() && System.nanoTime() - last > silence.toNanos()) {
                return false;
            }
            if (some != null) {
                for (PGNotification one : some) {
                    hear(one.getParameter());
                }
            }
        }
        return true;
    }

    /** Before the web server starts, and after it has answered the last request. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void hear(String text) {
        int blank = text.indexOf(' ');
        String word = text.substring(0, Math.max(0, blank));
        String about = text.substring(blank + 1);
        try {
            if (word.equals(Heartbeat.WORD)) {
                heartbeat.hear(about);
            } else {
                Change.read(word, about).ifPresent(changes::tell);
            }
        } catch (RuntimeException unreadable) {
            // anybody at the database may notify, of whatever it likes
            log.warn("News that cannot be read, of the kind {}", word);
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
