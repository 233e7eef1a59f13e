package io.qlikbridge.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The upstream, other proxies and a warm bridge, side by side, and what to ask each of them for. */
final class Scene implements AutoCloseable {

    static final int CONNECTIONS = 32;

    /** As many as there are connections, unless a part says otherwise. */
    static final int USERS = CONNECTIONS;

    private static final Duration WARM_UP = Duration.ofSeconds(Long.getLong("bench.warm-up", 20));
    private static final Duration SHORT_WARM_UP = Duration.ofSeconds(4);

    private final UpstreamProcess upstream;
    private final Optional<Proxy> nginx;
    private final Optional<Proxy> haproxy;
    private final Reads reads;

    private Scene(UpstreamProcess upstream, Optional<Proxy> nginx, Optional<Proxy> haproxy, Bridge bridge) {
        this.upstream = upstream;
        this.nginx = nginx;
        this.haproxy = haproxy;
        this.reads = new Reads(bridge, "bridge");
    }

    static Scene open() throws IOException, InterruptedException {
        return open(Processors.all());
    }

    /** @param processors of all but the upstream */
    static Scene open(Processors processors) throws IOException, InterruptedException {
        UpstreamProcess upstream = UpstreamProcess.start();
        Optional<Proxy> nginx = Nginx.start(upstream, processors);
        Bridge bridge = Bridge.start(upstream, processors, Bridge.OPTIONS);
        bridge.users(0, USERS);
        Optional<Proxy> haproxy = Haproxy.start(upstream, bridge, USERS, processors);
        Scene scene = new Scene(upstream, nginx, haproxy, bridge);
        for (Target target : scene.targets()) {
            Driver.flatOut(target, CONNECTIONS, target.program() == bridge.program() ? WARM_UP : SHORT_WARM_UP);
        }
        return scene;
    }

    /** A second bridge before the same upstream, as warm as the first. */
    Bridge another(List<String> options) throws IOException, InterruptedException {
        Bridge another = Bridge.start(upstream, Processors.all(), options);
        another.users(0, USERS);
        for (Target target : new Reads(another, "another").all(USERS)) {
            Driver.flatOut(target, CONNECTIONS, WARM_UP);
        }
        return another;
    }

    /** Says which of the other proxies there are, and which are missing. */
    void describe(Report report) {
        List.of(nginx, haproxy).forEach(proxy -> proxy.ifPresent(there -> report.paragraph("%s", there.version())));
        if (nginx.isEmpty()) {
            report.paragraph("nginx is not installed (Debian: nginx-light), so there is nothing to compare with.");
        }
        if (haproxy.isEmpty()) {
            report.paragraph("HAProxy is not installed (Debian: haproxy), so it is left out.");
        }
    }

    /** The plain upstream, and all that stand before it. */
    List<Target> targets() {
        List<Target> targets = new ArrayList<>(List.of(upstream()));
        targets.addAll(proxies());
        return targets;
    }

    /** The other proxies, those there are, and the bridge. */
    List<Target> proxies() {
        List<Target> targets = new ArrayList<>();
        nginx.ifPresent(proxy -> targets.add(reads.through(proxy, USERS)));
        haproxy.ifPresent(proxy -> targets.add(reads.through(proxy, USERS)));
        targets.addAll(bridge());
        return targets;
    }

    /** The pass-through and the app list. */
    List<Target> bridge() {
        return reads.all(USERS);
    }

    Target upstream() {
        return Target.of(
                "upstream",
                upstream.program(),
                upstream.port(),
                Reads.ITEMS,
                ItemsPage.BYTES,
                "Authorization: Bearer " + "k".repeat(600));
    }

    @Override
    public void close() {
        haproxy.ifPresent(Proxy::close);
        reads.bridge().close();
        nginx.ifPresent(Proxy::close);
        upstream.close();
    }
}
