package io.qlikbridge.wire;

import java.nio.file.Path;
import org.apache.coyote.http11.Http11NioProtocol;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 over {@link WireEndpoint}. Public, since Tomcat makes it by its name. */
public final class WireProtocol extends Http11NioProtocol {

    private static final int FEW = 32;

    private final WireEndpoint wires;

    /** Without limits, until it is told of some. */
    public WireProtocol() {
        this(new WireEndpoint());
    }

    private WireProtocol(WireEndpoint wires) {
        super(wires);
        this.wires = wires;
    }

    /**
     * Has connections come from the front alone.
     *
     * @param socket where the front opens them, a file that is made and deleted with the endpoint
     * @param callers whose they are
     */
    public void front(Path socket, FrontedCallers callers) {
        wires.setUnixDomainSocketPath(socket.toString());
        wires.front(callers);
    }

    public void limit(WireLimits allowed, @Nullable RequestPermits contended, String probePath) {
        wires.limit(allowed, contended, probePath);
        // never reached, since connections are given up before: some more than may wait do for a moment
        setMaxConnections(allowed.most() + 2 * allowed.pending());
        // what a burst has made is not kept for good
        setProcessorCache(FEW);
        // who is refused for what the head says is not asked for the body first
        setContinueResponseTiming("onRead");
    }
}
