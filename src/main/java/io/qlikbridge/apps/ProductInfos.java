package io.qlikbridge.apps;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.tenant.RelayedAnswer;
import io.qlikbridge.tenant.RelayedRequest;
import io.qlikbridge.tenant.Tenants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * What tenants say of their product to anybody, which Qlik's clients read before they sign in. Asked for once in a while
 * alone, also after a failure: else anybody could have the bridge call a tenant as often as they like.
 */
@Component
class ProductInfos {

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration FAILURE_KEPT = Duration.ofSeconds(5);
    private static final int MOST_KEPT = 1_000;

    /** The real one has less than 2 KB. */
    private static final int MOST_BYTES = 32 * 1024;

    private static final RelayedRequest REQUEST = new RelayedRequest(
            "/" + PassedPath.PRODUCT_INFO,
            Map.of(HttpHeaders.ACCEPT, "application/json, */*", HttpHeaders.ACCEPT_ENCODING, "identity"));

    private final Tenants tenants;
    private final Clock clock;
    private final Cache<Place, Asked> known =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    ProductInfos(Tenants tenants, Clock clock) {
        this.tenants = tenants;
        this.clock = clock;
    }

    RelayedAnswer of(Connection connection) {
        Asked own = new Asked(clock.instant(), new CompletableFuture<>());
        Asked asked = known.asMap()
                .compute(
                        new Place(connection.id(), connection.host(), connection.sslBundle()),
                        (place, former) -> former == null || former.isOver(clock.instant()) ? own : former);
        if (asked == own) {
            own.complete(() -> read(connection));
        }
        return asked.answer();
    }

    private Info read(Connection connection) {
        try (RelayedAnswer answer = tenants.relay(connection).get(connection, null, REQUEST)) {
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
            ConnectionId connection, URI host, @Nullable String sslBundle) {}

    private record Info(int status, Map<String, String> headers, byte[] body) {}

    private record Asked(Instant at, CompletableFuture<Info> info) {

        private boolean isOver(Instant now) {
            return info.isDone() && !now.isBefore(at.plus(isFailure() ? FAILURE_KEPT : KEPT));
        }

        /** A tenant without such a document says 404, and goes on saying so. */
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

        private RelayedAnswer answer() {
            try {
                Info read = info.join();
                return RelayedAnswer.whole(read.status(), read.headers(), read.body());
            } catch (CompletionException failed) {
                if (failed.getCause() instanceof BridgeException failure) {
                    throw failure;
                }
                throw failed;
            }
        }
    }
}
