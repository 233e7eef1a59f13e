package io.qlikbridge.qlikcloud;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Bounds a call as a whole, from its start to the last byte of the answer. A socket's time-out starts anew with every
 * byte, so an answer that trickles would hold its caller, and all who wait for the same user, for as long as it likes.
 */
class CallDeadline implements ExecChainHandler {

    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final Duration longest;

    CallDeadline(Duration longest) {
        this.longest = longest;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Running call = new Running(scope.execRuntime, longest);
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            HttpEntity entity = response.getEntity();
            if (entity == null) {
                call.end();
            } else {
                response.setEntity(new BoundedEntity(entity, call));
            }
            return response;
        } catch (IOException | RuntimeException failure) {
            call.end();
            throw call.told(failure);
        }
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("tenant-call-deadline").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** A call under way, and the clock that runs against it. */
    private static final class Running {

        private final ExecRuntime connection;
        private final Future<?> end;
        private volatile boolean over;

        private Running(ExecRuntime connection, Duration longest) {
            this.connection = connection;
            this.end = TIMER.schedule(this::stop, longest.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void stop() {
            over = true;
            connection.discardEndpoint();
        }

        private void end() {
            end.cancel(false);
        }

        /** The failure itself, unless it is we who broke the connection off. */
        private IOException told(Exception failure) throws IOException {
            if (over) {
                SocketTimeoutException late = new SocketTimeoutException("The answer took too long as a whole");
                late.initCause(failure);
                return late;
            }
            if (failure instanceof RuntimeException fault) {
                throw fault;
            }
            return (IOException) failure;
        }
    }

    /** The body of an answer, read against the clock. */
    private static final class BoundedEntity extends HttpEntityWrapper {

        private final Running call;

        private BoundedEntity(HttpEntity entity, Running call) {
            super(entity);
            this.call = call;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new BoundedBody(super.getContent(), call);
        }
    }

    private static final class BoundedBody extends FilterInputStream {

        private final Running call;

        private BoundedBody(InputStream body, Running call) {
            super(body);
            this.call = call;
        }

        @Override
        public int read() throws IOException {
            try {
                return ended(super.read());
            } catch (IOException | RuntimeException failure) {
                throw call.told(failure);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return ended(super.read(bytes, offset, length));
            } catch (IOException | RuntimeException failure) {
                throw call.told(failure);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                // reads what is left, to keep the connection; the clock is still running
                super.close();
            } catch (IOException | RuntimeException failure) {
                throw call.told(failure);
            } finally {
                call.end();
            }
        }

        private int ended(int read) {
            if (read < 0) {
                call.end();
            }
            return read;
        }
    }
}
