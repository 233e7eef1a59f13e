package io.qlikbridge.changes;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Proves that news arrive, by sending some. It takes another connection than the one that listens, so that a pool between
 * us and the database, which would swallow news, is found out.
 */
@Component
class Heartbeat implements SmartLifecycle {

    static final String WORD = "beat";

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final int WITHIN_LIMIT = 4;
    private static final int BEATS_MISSED = 4;
    private static final Duration GIVE_UP = Duration.ofSeconds(2);

    private final DataSource database;
    private final StalenessBound freshness;
    private final Duration every;
    private final String sender = UUID.randomUUID().toString();
    private final Semaphore wanted = new Semaphore(0);
    private volatile boolean someoneListens;
    private volatile @Nullable Thread heart;
    private boolean toldOfSilence;

    Heartbeat(DataSource database, ChangeFeed changes, CacheProperties properties) {
        this.database = database;
        this.freshness = changes.staleness();
        Duration share = properties.timeLimit().dividedBy(WITHIN_LIMIT);
        this.every = share.compareTo(SHORTEST) < 0 ? SHORTEST : share.compareTo(LONGEST) > 0 ? LONGEST : share;
    }

    /** Whoever has heard nothing for that long hears nothing any more. */
    Duration longestSilence() {
        return every.multipliedBy(BEATS_MISSED);
    }

    /** From now on there is somebody to hear it. */
    void begin() {
        someoneListens = true;
        wanted.release();
    }

    void pause() {
        someoneListens = false;
    }

    /** A heartbeat came back; of other replicas' there is nothing to learn. */
    void hear(String about) {
        if (about.startsWith(sender + "/")) {
            freshness.heard(StalenessBound.Beat.parse(about.substring(sender.length() + 1)));
        }
    }

    @Override
    public void start() {
        Thread beating = Thread.ofPlatform().daemon().name("news-heartbeat").unstarted(this::beat);
        // first, since it goes by it
        heart = beating;
        beating.start();
    }

    @Override
    public void stop() {
        Thread beating = heart;
        heart = null;
        wanted.release();
        if (beating != null) {
            try {
                beating.join(GIVE_UP);
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return heart != null;
    }

    /** Before the web server starts, and after it has answered the last request. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void beat() {
        while (heart == Thread.currentThread()) {
            if (someoneListens && freshness.isWanted()) {
                send();
            }
            if (await() && freshness.isWanted()) {
                report();
            }
        }
    }

    /** Whether the time was over; not when it was asked for before. */
    private boolean await() {
        try {
            boolean asked = wanted.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS);
            wanted.drainPermits();
            return !asked;
        } catch (InterruptedException stopping) {
            heart = null;
            return false;
        }
    }

    private void send() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "notify " + ChangeListener.CHANNEL + ", '" + WORD + " " + sender + "/" + freshness.beat() + "'");
        } catch (SQLException | RuntimeException | Error away) {
            log.debug("No heartbeat could be sent", away);
        }
    }

    /** Says once that news do not arrive, and once that they are back. */
    private void report() {
        if (freshness.isGood()) {
            if (toldOfSilence) {
                log.info("News of changes in the database arrive again");
            }
            toldOfSilence = false;
        } else if (!toldOfSilence && heart == Thread.currentThread()) {
            toldOfSilence = true;
            log.warn(
                    "News of changes in the database do not arrive, so every request reads the database. It is away, or a pool"
                            + " in front of it does not pass notifications on: PgBouncer does so with pool_mode = session");
        }
    }
}
