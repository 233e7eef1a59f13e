package io.qlikbridge.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.util.Timeout;

/**
 * Bounds a call as a whole, from its start to the last byte of the answer. A socket's time-out starts anew with every
 * byte, so an answer that trickles would hold its caller, and all who wait for the same user, for as long as it likes.
 * Connecting is bounded as a whole too: a name with many addresses has a time-out for each, and the handshake one more.
 */
class CallDeadline implements ExecChainHandler {

    private final TenantProperties properties;

    CallDeadline(TenantProperties properties) {
        this.properties = properties;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        RunningCall call = RunningCall.start(scope.execRuntime, properties, readTimeout(scope), scope.clientContext);
        boolean goesOn = false;
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            HttpEntity entity = response.getEntity();
            if (entity != null) {
                response.setEntity(new BoundedEntity(entity, call));
                goesOn = true;
            }
            return response;
        } catch (IOException | RuntimeException failure) {
            IOException told = call.told(failure);
            HttpHost proxy = scope.route.getProxyHost();
            throw proxy == null ? told : new ThroughProxy(proxy, told);
        } finally {
            if (!goesOn) {
                call.end();
            }
        }
    }

    private Duration readTimeout(ExecChain.Scope scope) {
        Timeout asked = scope.clientContext.getRequestConfigOrDefault().getResponseTimeout();
        return asked == null ? properties.readTimeout() : asked.toDuration();
    }

    /** To be placed before a connection is taken or opened. */
    static ClassicHttpResponse connecting(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        RunningCall call = RunningCall.in(scope.clientContext);
        call.connecting();
        ClassicHttpResponse response = chain.proceed(request, scope);
        if (call.isConnecting()) {
            // the client takes a proxy's answer to CONNECT for the tenant's when it is no way through
            response.close();
            throw new ThroughProxy.Refused(response.getCode());
        }
        return response;
    }

    /** To be placed after it is open. Until the answer has come, "reusable" says that it was open before. */
    static ClassicHttpResponse connected(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        RunningCall.in(scope.clientContext).connected(scope.execRuntime.isConnectionReusable());
        return chain.proceed(request, scope);
    }

    /** The body of an answer, read against the clock. */
    private static final class BoundedEntity extends HttpEntityWrapper {

        private final RunningCall call;

        private BoundedEntity(HttpEntity entity, RunningCall call) {
            super(entity);
            this.call = call;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new BoundedBody(super.getContent(), call);
        }
    }

    private static final class BoundedBody extends FilterInputStream {

        private final RunningCall call;

        private BoundedBody(InputStream body, RunningCall call) {
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
            // first, since closing reads what is left to keep the connection, and there may be no end to that
            call.leave();
            try {
                super.close();
            } catch (IOException | RuntimeException failure) {
                throw call.told(failure);
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
