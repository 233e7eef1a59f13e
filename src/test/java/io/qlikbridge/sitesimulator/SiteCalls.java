package io.qlikbridge.sitesimulator;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Every request that reached a site, in order of arrival. */
final class SiteCalls {

    private final Queue<SiteCall> calls = new ConcurrentLinkedQueue<>();

    void record(SiteCall call) {
        calls.add(call);
    }

    void clear() {
        calls.clear();
    }

    List<SiteCall> all() {
        return List.copyOf(calls);
    }

    /** @param pathPrefix such as {@code /qrs/app} */
    List<SiteCall> under(String pathPrefix) {
        return calls.stream().filter(call -> call.path().startsWith(pathPrefix)).toList();
    }
}
