package io.qlikbridge.sitesimulator;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The troubles that a test has asked for, each for so many calls. */
final class Troubles {

    private final List<Planned> planned = new CopyOnWriteArrayList<>();
    private final AtomicInteger struck = new AtomicInteger();

    void plan(Predicate<SiteCall> which, SiteTrouble trouble, int times) {
        planned.add(new Planned(which, trouble, new AtomicInteger(times)));
    }

    void lift() {
        planned.clear();
    }

    int struck() {
        return struck.get();
    }

    /** The trouble of this call, which is one fewer to come. */
    Optional<SiteTrouble> next(SiteCall call) {
        for (Planned one : planned) {
            if (one.which().test(call) && one.left().getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                struck.incrementAndGet();
                return Optional.of(one.trouble());
            }
        }
        return Optional.empty();
    }

    private record Planned(Predicate<SiteCall> which, SiteTrouble trouble, AtomicInteger left) {}
}
