package io.qlikbridge.signin;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Lets proofs of who somebody is be tried when {@link TokenThrottle} says so: whoever is too early waits, a few at a time. */
public final class SignInPace {

    private static final int MOST_WAITING = 32;
    private static final Duration BUSY = Duration.ofMillis(25);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    /** Lets some time pass. */
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    private final TokenThrottle throttle;
    private final Pause pause;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    SignInPace(TokenThrottle throttle, Pause pause) {
        this.throttle = throttle;
        this.pause = pause;
    }

    /** One of its own, for what is not counted together with anything else. */
    public static SignInPace of(Clock clock) {
        return new SignInPace(new TokenThrottle(clock), Thread::sleep);
    }

    /**
     * Takes a try, once it may be taken.
     *
     * @param name whose proof it is
     * @return to be ended in one of its three ways
     * @throws SecretsThrottled when that is not now
     */
    public TokenThrottle.Try take(CallerAddress address, String name) {
        TokenThrottle.Try taken = await(address, name);
        if (taken.delay().isZero()) {
            return taken;
        }
        boolean waited = false;
        try {
            await(taken.delay());
            waited = true;
            return taken;
        } finally {
            if (!waited) {
                taken.abandoned();
            }
        }
    }

    private TokenThrottle.Try await(CallerAddress address, String name) {
        Duration waited = Duration.ZERO;
        while (true) {
            switch (throttle.take(address, name)) {
                case TokenThrottle.Try taken -> {
                    return taken;
                }
                case TokenThrottle.Refused refused -> throw new SecretsThrottled(refused.retryAfter());
                case TokenThrottle.Busy busy -> {
                    if (waited.compareTo(ClientPace.LONGEST_WAIT) >= 0) {
                        throw new SecretsThrottled(ASK_AGAIN);
                    }
                    await(BUSY);
                    waited = waited.plus(BUSY);
                }
            }
        }
    }

    private void await(Duration time) {
        if (!waiting.tryAcquire()) {
            throw new SecretsThrottled(ASK_AGAIN);
        }
        try {
            pause.of(time);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new SecretsThrottled(ASK_AGAIN);
        } finally {
            waiting.release();
        }
    }
}
