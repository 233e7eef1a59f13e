package io.qlikbridge.passthrough;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.tenant.ContentRelay;
import io.qlikbridge.tenant.RelayedAnswer;
import io.qlikbridge.tenant.RelayedRequest;
import io.qlikbridge.upstream.Crowds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * What tenants say of their product to anybody, which Qlik's clients read before they sign in. Asked for once in a while
 * alone, also after a failure: else anybody could have the bridge call a tenant as often as they like. Nobody waits for it
 * for long, and what a tenant said before stands in for what it does not say.
 */
@Component
class ProductInfos {

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration FAILURE_KEPT = Duration.ofSeconds(5);

    /** How long what a tenant said stands in for what it does not say now. */
    private static final Duration OUTLASTS = Duration.ofHours(1);

    /** From the question on, for all who ask meanwhile. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private static final int MOST_KEPT = 1_000;

    /** The real one has less than 2 KB. */
    private static final int MOST_BYTES = 32 * 1024;

    private static final Map<String, String> HEADERS =
            Map.of(HttpHeaders.ACCEPT, "application/json, */*", HttpHeaders.ACCEPT_ENCODING, "identity");

    private final Crowds crowds;
    private final Clock clock;
    private final Cache<Place, Asked> asked =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    ProductInfos(Crowds crowds, Clock clock) {
        this.crowds = crowds;
        this.clock = clock;
    }

    /**
     * What stands at a path that anybody may read.
     *
     * @throws BridgeException also when the tenant has not answered within a second: nobody signed in for this
     */
    RelayedAnswer of(Connection connection, ContentRelay relay, String path) {
        Place place = new Place(connection.id(), connection.host(), connection.sslBundle(), path);
        Asked known = asked.getIfPresent(place);
        if (known != null && !known.isOver(clock.instant())) {
            return answer(connection, known);
        }
        Asked own = new Asked(clock.instant(), System.nanoTime(), new CompletableFuture<>(), kept(known));
        Asked now = asked.asMap()
                .compute(place, (ignored, former) -> former == null || former.isOver(clock.instant()) ? own : former);
        if (now == own) {
            Thread.ofVirtual().name("product-info").start(() -> own.complete(() -> read(connection, relay, path)));
        }
        return answer(connection, now);
    }

    private @Nullable Kept kept(@Nullable Asked former) {
        if (former == null) {
            return null;
        }
        Kept kept = former.isFailure()
                ? former.kept()
                : new Kept(former.at(), former.info().join());
        return kept == null || clock.instant().isAfter(kept.at().plus(OUTLASTS)) ? null : kept;
    }

    private RelayedAnswer answer(Connection connection, Asked asked) {
        if (asked.info().isDone() && !asked.isFailure()) {
            return asked.info().join().answer();
        }
        Kept kept = asked.kept();
        return kept != null ? kept.info().answer() : awaited(connection, asked).answer();
    }

    private Info awaited(Connection connection, Asked asked) {
        try {
            if (asked.info().isDone()) {
                return asked.info().get();
            }
            long left = LONGEST_WAIT.toNanos() - (System.nanoTime() - asked.start());
            if (left <= 0) {
                throw late(connection);
            }
            try (Crowds.Stay stay = crowds.join(connection.host())) {
                if (stay == null) {
                    throw crowded(connection);
                }
                return asked.info().get(left, TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException silent) {
            throw late(connection);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof BridgeException failure) {
                throw failure;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw late(connection);
        }
    }

    private static BridgeException late(Connection connection) {
        return new BridgeException(
                ProblemCode.TENANT_UNREACHABLE,
                connection.host() + " has not yet said what its product is. Ask again shortly.",
                null,
                FAILURE_KEPT,
                null);
    }

    private static BridgeException crowded(Connection connection) {
        return new BridgeException(
                ProblemCode.TOO_BUSY,
                "As many requests wait for " + connection.host()
                        + " as may, so that others are served. Ask again shortly.",
                null,
                LONGEST_WAIT,
                null);
    }

    private static Info read(Connection connection, ContentRelay relay, String path) {
        try (RelayedAnswer answer = relay.get(connection, null, new RelayedRequest(path, HEADERS))) {
            byte[] body = answer.body().readNBytes(MOST_BYTES + 1);
            String coding = answer.header(HttpHeaders.CONTENT_ENCODING);
            if (body.length > MOST_BYTES || answer.status() / 100 == 3 || coding != null) {
                throw new BridgeException(
                        ProblemCode.TENANT_ANSWER_UNREADABLE,
                        "What the tenant says of its product is too long, elsewhere, or compressed without being asked.");
            }
            String type = answer.header(HttpHeaders.CONTENT_TYPE);
            return new Info(answer.status(), type == null ? Map.of() : Map.of(HttpHeaders.CONTENT_TYPE, type), body);
        } catch (IOException broken) {
            if (broken.getCause() instanceof BridgeException failure) {
                throw failure;
            }
            throw new UncheckedIOException(broken);
        }
    }

    private record Place(
            ConnectionId connection, URI host, @Nullable String sslBundle, String path) {}

    private record Info(int status, Map<String, String> headers, byte[] body) {

        private RelayedAnswer answer() {
            return RelayedAnswer.whole(status, headers, body);
        }
    }

    /** What stands in for an answer that does not come. */
    private record Kept(Instant at, Info info) {}

    /** @param start as {@link System#nanoTime} had it */
    private record Asked(
            Instant at,
            long start,
            CompletableFuture<Info> info,
            @Nullable Kept kept) {

        private boolean isOver(Instant now) {
            return info.isDone() && !now.isBefore(at.plus(isFailure() ? FAILURE_KEPT : KEPT));
        }

        /** Of one that is done. A tenant without such a document says 404, and goes on saying so. */
        private boolean isFailure() {
            if (info.isCompletedExceptionally()) {
                return true;
            }
            int status = info.join().status();
            return status == 429 || status >= 500;
        }

        private void complete(Supplier<Info> reading) {
            try {
                info.complete(reading.get());
            } catch (RuntimeException | Error failure) {
                info.completeExceptionally(failure);
            }
        }
    }
}
