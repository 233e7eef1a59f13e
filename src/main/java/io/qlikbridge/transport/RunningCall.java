package io.qlikbridge.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.protocol.HttpContext;

/** A call under way, and the clocks that run against it: one for connecting, one for the whole. */
final class RunningCall {

    private static final String ATTRIBUTE = RunningCall.class.getName();

    private enum State {
        RUNNING,
        CONNECTING,
        TOO_LONG_CONNECTING,
        TOO_LONG
    }

    private final ExecRuntime connection;
    private final TenantProperties properties;
    private final Duration readTimeout;
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private final long start = System.nanoTime();
    private volatile long connectStart;
    private boolean keptAlive;
    private boolean over;

    private RunningCall(ExecRuntime connection, TenantProperties properties, Duration readTimeout) {
        this.connection = connection;
        this.properties = properties;
        this.readTimeout = readTimeout;
    }

    /** Starts the clock of the whole. */
    static RunningCall start(
            ExecRuntime connection, TenantProperties properties, Duration readTimeout, HttpContext context) {
        RunningCall call = new RunningCall(connection, properties, readTimeout);
        context.setAttribute(ATTRIBUTE, call);
        CallClock.watch(call);
        return call;
    }

    static RunningCall in(HttpContext context) {
        if (context.getAttribute(ATTRIBUTE) instanceof RunningCall call) {
            return call;
        }
        throw new IllegalStateException("The call has no deadline");
    }

    /** Starts the clock of connecting. */
    void connecting() {
        connectStart = System.nanoTime();
        state.compareAndSet(State.RUNNING, State.CONNECTING);
    }

    /** Not positive when that time is over. */
    Duration leftToConnect() {
        if (state.get() != State.CONNECTING) {
            return Duration.ZERO;
        }
        return properties.connectTimeout().minusNanos(System.nanoTime() - connectStart);
    }

    /** @param kept whether there was no need to connect: the connection was kept alive since an earlier call */
    void connected(boolean kept) throws IOException {
        keptAlive = kept;
        if (!state.compareAndSet(State.CONNECTING, State.RUNNING)) {
            throw new InterruptedIOException("Connected too late");
        }
    }

    /** Whether no connection to the tenant came about so far. */
    boolean isConnecting() {
        return state.get() == State.CONNECTING;
    }

    /** Its answer was read to the end, or there is none. */
    void end() {
        over = true;
        CallClock.forget(this);
    }

    /** Nobody reads on. Of an answer that was not read to the end, the rest is not waited for. */
    void leave() {
        CallClock.forget(this);
        if (!over) {
            breakOff();
        }
    }

    /** Whether a failure may be that of a kept-alive connection which the tenant had closed meanwhile. */
    boolean mayHaveBeenStale() {
        return keptAlive && state.get() == State.RUNNING;
    }

    /** The failure itself, unless it is we who broke the connection off. */
    IOException told(Exception failure) throws IOException {
        IOException ours = switch (state.get()) {
            case TOO_LONG_CONNECTING -> new ConnectTimeoutException("Connecting took too long as a whole");
            case TOO_LONG -> new SocketTimeoutException("The answer took too long as a whole");
            case RUNNING, CONNECTING -> null;
        };
        if (ours != null) {
            ours.initCause(failure);
            return ours;
        }
        if (failure instanceof RuntimeException fault) {
            throw fault;
        }
        return (IOException) failure;
    }

    /** Breaks the call off when its time is over. */
    void look(long now) {
        if (now - start > properties.connectTimeout().plus(readTimeout).toNanos()) {
            CallClock.forget(this);
            state.set(State.TOO_LONG);
            breakOffElsewhere();
        } else if (state.get() == State.CONNECTING
                && now - connectStart > properties.connectTimeout().toNanos()
                && state.compareAndSet(State.CONNECTING, State.TOO_LONG_CONNECTING)) {
            breakOffElsewhere();
        }
    }

    /** The one clock serves all tenants, and shall wait for no socket. */
    private void breakOffElsewhere() {
        Thread.startVirtualThread(this::breakOff);
    }

    private void breakOff() {
        connection.discardEndpoint();
    }
}
