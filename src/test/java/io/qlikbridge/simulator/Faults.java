package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Answers that go wrong, for {@link SimulatedTenant#before} and {@link SimulatedTenant#after}. */
public final class Faults {

    private Faults() {}

    /** The connection is reset without an answer. */
    public static ResponseDefinition reset() {
        return new ResponseDefinitionBuilder()
                .withFault(Fault.CONNECTION_RESET_BY_PEER)
                .build();
    }

    /** The page of an edge proxy. */
    public static ResponseDefinition html(int status) {
        return new ResponseDefinitionBuilder()
                .withStatus(status)
                .withHeader("Content-Type", "text/html")
                .withBody("<html><body><h1>" + status + "</h1></body></html>")
                .build();
    }

    public static ResponseDefinition empty(int status) {
        return Answers.empty(status).build();
    }

    public static ResponseDefinition redirect(int status, String location) {
        return Answers.redirect(status, location);
    }

    public static ResponseDefinition error(int status, String code, String detail) {
        return Answers.refusal(new Refusal(status, code, "Injected", detail), "/api/v1/users");
    }

    /** The rate limit is reached; retry after so many seconds. */
    public static ResponseDefinition tooManyRequests(int seconds) {
        return ResponseDefinitionBuilder.like(error(429, "HTTP-429", "Retry in " + seconds + " seconds."))
                .but()
                .withHeader("retry-after", Integer.toString(seconds))
                .build();
    }

    /** The answer begins well, and the connection breaks off in the middle of it. */
    public static ResponseDefinition brokenOff() {
        return new ResponseDefinitionBuilder()
                .withFault(Fault.MALFORMED_RESPONSE_CHUNK)
                .build();
    }

    /** The first half of the answer's body, as if that were all; one without a body is as it was. */
    public static ResponseDefinition truncated(ResponseDefinition answer) {
        String body = answer.getBody();
        if (body == null) {
            return answer;
        }
        return ResponseDefinitionBuilder.like(answer)
                .but()
                .withBody(body.substring(0, body.length() / 2))
                .build();
    }

    /** The answer, this much later. */
    public static ResponseDefinition late(ResponseDefinition answer, Duration delay) {
        return ResponseDefinitionBuilder.like(answer)
                .but()
                .withFixedDelay(Math.toIntExact(delay.toMillis()))
                .build();
    }

    /** The answer, and the tenant closes the connection after it. */
    public static ResponseDefinition lastOnItsConnection(ResponseDefinition answer) {
        return ResponseDefinitionBuilder.like(answer)
                .but()
                .withHeader("Connection", "close")
                .build();
    }

    /**
     * For {@link SimulatedTenant#before}: the tenant lets the request lie and acts on it only when released, however long
     * its caller has been gone; after a minute in any case.
     */
    public static Optional<ResponseDefinition> actingWhen(CountDownLatch released) {
        try {
            released.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }
}
