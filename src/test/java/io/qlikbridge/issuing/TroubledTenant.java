package io.qlikbridge.issuing;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.FlakyWire;
import io.qlikbridge.simulator.SimulatedTenant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A tenant that is in trouble at one step, from {@link #begin} until {@link #lift}. It sets no CSRF cookie. */
final class TroubledTenant implements AutoCloseable {

    private final SimulatedTenant tenant = SimulatedTenant.start();
    private final FlakyWire wire = FlakyWire.to(tenant.url());
    private final Step step;
    private final Trouble trouble;
    private final CountDownLatch late = new CountDownLatch(1);
    private final AtomicInteger hits = new AtomicInteger();
    private final Set<Request> held = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    private volatile boolean begun;
    private volatile boolean keysAreLost;

    TroubledTenant(Step step, Trouble trouble) {
        this.step = step;
        this.trouble = trouble;
        tenant.csrfCookie(false);
        tenant.before(this::instead);
        tenant.after(this::afterwards);
    }

    SimulatedTenant tenant() {
        return tenant;
    }

    /** Where the bridge is to call it. */
    String url() {
        return wire.url();
    }

    /** From now on keys are made and their answers lost, until {@link #findKeys}. */
    void loseKeys() {
        keysAreLost = true;
    }

    void findKeys() {
        keysAreLost = false;
    }

    void begin() {
        begun = true;
        if (trouble == Trouble.CONNECTION_REFUSED && step.isFirst()) {
            unplug();
        }
    }

    /** Ends the trouble. What lies there to be done late still does; see {@link #actLate}. */
    void lift() {
        begun = false;
        wire.plug();
    }

    /** Does now what its callers gave up on, and returns when it is done. */
    void actLate() {
        late.countDown();
        Awaitility.await().until(held::isEmpty);
    }

    /** How often the trouble has struck. */
    int hits() {
        return hits.get();
    }

    @Override
    public void close() {
        actLate();
        wire.close();
        tenant.close();
    }

    private Optional<ResponseDefinition> instead(Request request) {
        if (!begun || !step.is(request) || trouble.acted() || trouble == Trouble.CONNECTION_REFUSED) {
            return Optional.empty();
        }
        hits.incrementAndGet();
        if (!trouble.actsLate()) {
            return trouble.instead();
        }
        held.add(request);
        return Faults.actingWhen(late);
    }

    private ResponseDefinition afterwards(Request request, ResponseDefinition answer) {
        held.remove(request);
        if (keysAreLost && Step.API_KEY.is(request)) {
            return Faults.reset();
        }
        if (trouble == Trouble.CONNECTION_REFUSED) {
            if (begun && step.follows(request) && (step != Step.LOOK || tenant.logins() > 1)) {
                unplug();
            }
            // a connection that is kept would be used once more
            return Faults.lastOnItsConnection(answer);
        }
        if (!begun || !step.is(request) || !trouble.acted()) {
            return answer;
        }
        hits.incrementAndGet();
        return trouble.spoil(answer);
    }

    private void unplug() {
        hits.incrementAndGet();
        wire.unplug();
    }
}
