package io.qlikbridge.sitesimulator;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** All that a site forgets when it is reset: its services, and what they know. */
final class SiteState {

    final SiteSettings settings = new SiteSettings();
    final SiteCatalog catalog = new SiteCatalog();
    final SiteCalls calls = new SiteCalls();
    final Troubles troubles = new Troubles();
    final ProxySessions sessions;
    final FrontProxy front;
    private final Clock clock;
    private final Repository repository;
    private final ProxyService proxyService;

    SiteState(Clock right) {
        this.clock = new SkewedClock(right, settings);
        this.repository = new Repository(catalog, settings);
        this.sessions = new ProxySessions(clock, settings);
        this.front = new FrontProxy(settings, repository, sessions, new TokenJudge(clock, settings, catalog));
        this.proxyService = new ProxyService(settings, front, sessions);
    }

    /** Takes a request through what may befall it on its way to the service that answers. */
    SiteAnswer answer(SiteCall call, Wire wire) throws IOException {
        if (settings.recordCalls) {
            calls.record(call);
        }
        wakeUp(call, wire);
        Optional<SiteTrouble> trouble = troubles.next(call);
        if (trouble.isEmpty()) {
            return answer(call);
        }
        return trouble.get().spoil(trouble.get().acted() ? answer(call) : SiteAnswer.empty(200), wire);
    }

    /** For the header {@code Date}. */
    String date() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
    }

    private SiteAnswer answer(SiteCall call) {
        try {
            settings.badDay.strike(settings);
            return switch (call.door()) {
                case PROXY -> front.answer(call);
                case PROXY_SERVICE -> proxyService.answer(call);
                case REPOSITORY -> {
                    XrfKey.check(call, settings);
                    yield repository.answer(call, call.path(), UserHeader.read(call, settings));
                }
            };
        } catch (SiteRefusal refusal) {
            return refusal.answer();
        }
    }

    /** A proxy that nobody has asked for a while is slow to answer the first who does. */
    private void wakeUp(SiteCall call, Wire wire) throws IOException {
        Duration pause = call.door() == SiteCall.Door.PROXY ? settings.takeSlowFirstCall() : Duration.ZERO;
        if (pause.isPositive()) {
            wire.pause(pause.toMillis());
        }
    }
}
