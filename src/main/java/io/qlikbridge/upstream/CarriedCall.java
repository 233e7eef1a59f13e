package io.qlikbridge.upstream;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * A call that somebody else carries to the tenant. What becomes of it can be passed on to a thread that would make the same call, as the
 * same user with the same credential, and takes it in place of another answer. For one thread at a time; to be closed once, when nothing
 * more of the answer is wanted.
 */
public final class CarriedCall implements AutoCloseable {

    private static final ThreadLocal<CarriedCall> PASSED_ON = new ThreadLocal<>();

    /** They are of how an answer came, and no longer of one that is here. */
    private static final Set<String> FRAMING =
            Set.of("transfer-encoding", "content-length", "connection", "keep-alive");

    private final TenantCall call;
    private final Bulkhead.Permit permit;
    private final CallWatch.WatchedCall watched;
    private boolean measured;
    private @Nullable IOException failure;
    private @Nullable ClassicHttpResponse answer;

    CarriedCall(TenantCall call, Bulkhead.Permit permit, CallWatch.WatchedCall watched) {
        this.call = call;
        this.permit = permit;
        this.watched = watched;
    }

    /** An answer begins. */
    public void heard() {
        watched.heard();
    }

    /**
     * The answer is here; of one that is passed on while it comes, its head. What a refusal means, who goes on with it finds out.
     */
    public void answered(int status) {
        watched.answered(status);
        measure();
    }

    /** There is no answer. */
    public void failed(IOException why) {
        failure = why;
        watched.failed(why);
        measure();
    }

    /**
     * Keeps the whole answer, to be passed on.
     *
     * @param headers adds each of its headers to what it is given
     */
    public void keep(int status, Consumer<BiConsumer<String, String>> headers, byte[] body) {
        BasicClassicHttpResponse whole = new BasicClassicHttpResponse(status);
        headers.accept((name, value) -> {
            if (!FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
                whole.addHeader(name, value);
            }
        });
        if (body.length > 0) {
            Header type = whole.getFirstHeader(HttpHeaders.CONTENT_TYPE);
            Header coding = whole.getFirstHeader(HttpHeaders.CONTENT_ENCODING);
            whole.setEntity(new ByteArrayEntity(
                    body,
                    type == null ? null : ContentType.parseLenient(type.getValue()),
                    coding == null ? null : coding.getValue()));
        }
        answer = whole;
    }

    /** Has this thread take what became of the call, once, where it would make it again; until {@link #forget}. */
    public void passOn() {
        PASSED_ON.set(this);
    }

    /** Ends {@link #passOn}. */
    public void forget() {
        PASSED_ON.remove();
    }

    /** What was passed on to this thread, if it is of this very call; {@code null} otherwise. */
    static @Nullable CarriedCall takePassedOn(TenantCall wanted) {
        CarriedCall passedOn = PASSED_ON.get();
        if (passedOn == null || !passedOn.isOf(wanted)) {
            return null;
        }
        PASSED_ON.remove();
        return passedOn;
    }

    /** The same address, asked with the same credential: whoever has become another subject meanwhile asks anew. */
    private boolean isOf(TenantCall wanted) {
        return wanted.step().equals(call.step())
                && wanted.method().equals(call.method())
                && wanted.uri().equals(call.uri())
                && wanted.connection().equals(call.connection())
                && Objects.equals(shown(wanted), shown(call));
    }

    private static @Nullable String shown(TenantCall call) {
        return call.headers().getFirst(HttpHeaders.AUTHORIZATION);
    }

    /** The answer, or why there is none. */
    ClassicHttpResponse outcome() throws IOException {
        if (answer != null) {
            return answer;
        }
        throw failure == null ? new IOException("The call was given up") : failure;
    }

    private void measure() {
        if (!measured) {
            measured = true;
            watched.close();
        }
    }

    @Override
    public void close() {
        measure();
        permit.close();
    }
}
