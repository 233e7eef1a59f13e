package io.qlikbridge.web;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves each request on a virtual thread of its own, as many at once as the heap has room for. Those beyond wait before
 * anything is allocated for them: a burst of callers takes a little longer, and does not take the process down. A kept-alive
 * connection without a request takes no place.
 */
final class RequestThreads implements Executor {

    private final int most;
    private final ThreadFactory threads =
            Thread.ofVirtual().name("tomcat-handler-", 0).factory();
    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();

    RequestThreads(int most) {
        this.most = most;
    }

    @Override
    public void execute(Runnable request) {
        waiting.add(request);
        startNext();
    }

    private void startNext() {
        while (!waiting.isEmpty() && enter()) {
            Runnable next = waiting.poll();
            if (next == null) {
                running.decrementAndGet();
            } else {
                threads.newThread(() -> serve(next)).start();
            }
        }
    }

    private boolean enter() {
        int now = running.get();
        while (now < most) {
            if (running.compareAndSet(now, now + 1)) {
                return true;
            }
            now = running.get();
        }
        return false;
    }

    private void serve(Runnable request) {
        try {
            request.run();
        } finally {
            running.decrementAndGet();
            startNext();
        }
    }
}
