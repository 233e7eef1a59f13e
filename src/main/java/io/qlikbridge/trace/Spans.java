package io.qlikbridge.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Spans of what takes its time, for OpenTelemetry. Costs next to nothing while nobody receives them, as is so unless an exporter is
 * configured. A span has names of ours, connections and codes; never a message, an address, a user's name or a secret.
 */
@Component
public class Spans {

    static final String SCOPE = "io.qlikbridge";
    static final String CONNECTION = "bridge.connection";

    private final @Nullable OpenTelemetry telemetry;
    private final @Nullable Tracer tracer;

    @Autowired
    Spans(OpenTelemetry telemetry, ObjectProvider<SpanExporter> receivers) {
        this(receivers.stream().findAny().isPresent() ? telemetry : null);
    }

    private Spans(@Nullable OpenTelemetry telemetry) {
        this.telemetry = telemetry;
        this.tracer = telemetry == null ? null : telemetry.getTracer(SCOPE);
    }

    /** Spans that are not recorded. */
    public static Spans toNobody() {
        return new Spans(null);
    }

    /** That a test, for one, receives. */
    public static Spans to(OpenTelemetry telemetry) {
        return new Spans(telemetry);
    }

    /** Whether anybody receives them. */
    public boolean areReceived() {
        return tracer != null;
    }

    /**
     * Work in a span of its own, within the one that is under way on this thread, or as the beginning of a trace.
     *
     * @param name of the kind of work, such as {@code lease.issue}
     * @param connection the id of the connection that it is for
     */
    public <T> T within(String name, String connection, Supplier<T> work) {
        if (tracer == null) {
            return work.get();
        }
        try (OpenSpan span = open(tracer, name, SpanKind.INTERNAL)) {
            span.tag(CONNECTION, connection);
            try {
                return work.get();
            } catch (RuntimeException | Error failure) {
                span.failed(code(failure).slug());
                throw failure;
            }
        }
    }

    /** The same for work without a result. */
    public void run(String name, String connection, Runnable work) {
        within(name, connection, () -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /** An executor whose work is part of what this thread works for, in traces and in the log. */
    public static Executor carriedTo(Executor executor) {
        Context context = Context.current();
        Map<String, String> log = MDC.getCopyOfContextMap();
        return work -> executor.execute(context.wrap(() -> {
            if (log != null) {
                MDC.setContextMap(log);
            }
            try {
                work.run();
            } finally {
                MDC.clear();
            }
        }));
    }

    /**
     * Begins the span of a request to somebody else, who is told of the trace by {@code traceparent} (W3C Trace Context).
     *
     * @param name of the step
     * @param header adds a header to the request
     */
    public OpenSpan request(String name, String connection, BiConsumer<String, String> header) {
        if (telemetry == null || tracer == null) {
            return OpenSpan.TO_NOBODY;
        }
        OpenSpan span = open(tracer, name, SpanKind.CLIENT);
        span.tag(CONNECTION, connection);
        telemetry
                .getPropagators()
                .getTextMapPropagator()
                .inject(Context.current(), header, (request, key, value) -> set(request, key, value));
        return span;
    }

    private static OpenSpan open(Tracer tracer, String name, SpanKind kind) {
        Span span = tracer.spanBuilder(name).setSpanKind(kind).startSpan();
        return new OpenSpan(span, span.makeCurrent());
    }

    private static void set(@Nullable BiConsumer<String, String> request, String key, String value) {
        if (request != null) {
            request.accept(key, value);
        }
    }

    private static ProblemCode code(Throwable failure) {
        return failure instanceof BridgeException told ? told.code() : ProblemCode.INTERNAL;
    }
}
