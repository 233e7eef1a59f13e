package io.qlikbridge.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The upstream, nginx and a warm bridge, side by side, and what to ask each of them for. */
final class Scene implements AutoCloseable {

    static final int CONNECTIONS = 32;

    private static final Duration WARM_UP = Duration.ofSeconds(Long.getLong("bench.warm-up", 20));
    private static final Duration SHORT_WARM_UP = Duration.ofSeconds(4);
    private static final String ITEMS = "/api/v1/items?resourceType=app&limit=20";

    private final UpstreamProcess upstream;
    private final Optional<Nginx> nginx;
    private final Bridge bridge;

    private Scene(UpstreamProcess upstream, Optional<Nginx> nginx, Bridge bridge) {
        this.upstream = upstream;
        this.nginx = nginx;
        this.bridge = bridge;
    }

    static Scene open() throws IOException, InterruptedException {
        UpstreamProcess upstream = UpstreamProcess.start();
        Optional<Nginx> nginx = Nginx.start(upstream.port());
        Bridge bridge = Bridge.start(upstream, Bridge.OPTIONS);
        bridge.users(0, CONNECTIONS);
        Scene scene = new Scene(upstream, nginx, bridge);
        for (Target target : scene.targets()) {
            boolean ofBridge = target.program() == bridge.program();
            Driver.flatOut(target, CONNECTIONS, ofBridge ? WARM_UP : SHORT_WARM_UP);
        }
        return scene;
    }

    Bridge bridge() {
        return bridge;
    }

    /** The plain upstream, nginx before it, and the bridge before it: those there are. */
    List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        targets.add(upstream());
        nginx().ifPresent(targets::add);
        targets.add(appList());
        passThrough().ifPresent(targets::add);
        return targets;
    }

    Target upstream() {
        return Target.of(
                "upstream",
                upstream.program(),
                upstream.port(),
                ITEMS,
                ItemsPage.BYTES,
                authorization("k".repeat(600)));
    }

    Optional<Target> nginx() {
        return nginx.map(proxy -> Target.of("nginx", proxy.program(), proxy.port(), ITEMS, ItemsPage.BYTES));
    }

    /** Of as many users as there are connections. */
    Target appList() {
        return bridge.appLists(0).again(CONNECTIONS);
    }

    /** Nothing where the bridge has no pass-through. */
    Optional<Target> passThrough() {
        String token = bridge.clientToken();
        String items = "/qlik/" + Bridge.CONNECTION + ITEMS;
        Http.Answer answer = Http.send(Http.request(bridge.url() + items, token)
                .header("X-Bridge-User", "u0")
                .GET());
        if (answer.status() == 404) {
            return Optional.empty();
        }
        return Optional.of(new Target(
                        "bridge, pass-through",
                        bridge.program(),
                        bridge.port(),
                        number ->
                                Target.request(bridge.port(), items, authorization(token), "X-Bridge-User: u" + number),
                        answer.require(200).body().getBytes(StandardCharsets.UTF_8).length)
                .again(CONNECTIONS));
    }

    private static String authorization(String token) {
        return "Authorization: Bearer " + token;
    }

    @Override
    public void close() {
        bridge.close();
        nginx.ifPresent(Nginx::close);
        upstream.close();
    }
}
