package io.qlikbridge.consoleimport;

import io.qlikbridge.caller.Caller;
import io.qlikbridge.caller.Callers;
import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.userimport.ImportPreview;
import io.qlikbridge.userimport.UserImport;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Checks and imports uploaded files beside the request that asks for it, in its caller's name, and tells how far it is. A stop of the
 * replica waits for what is under way.
 */
@Component
@ConditionalOnConsole
class UploadRuns implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(UploadRuns.class);
    private static final Duration BEAT = Duration.ofSeconds(1);

    /** What takes no longer is shown at once. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(25);

    private final UploadedFileStore store;
    private final UserImport users;
    private final Callers callers;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    UploadRuns(UploadedFileStore store, UserImport users, Callers callers) {
        this.store = store;
        this.users = users;
        this.callers = callers;
    }

    /** Finds out what the import of a file would change, unless that is under way already. */
    void check(UploadedFile file) {
        store.check(file.id())
                .ifPresent(run -> await(file, run, input -> {
                    ImportPreview preview = users.preview(input, file.encoding());
                    store.checked(file.id(), run, preview, false);
                }));
    }

    /** Imports a file that was checked, if that changes what its preview says. */
    void take(UploadedFile file) {
        ImportPreview seen = file.preview();
        if (seen == null || seen.digest().isEmpty()) {
            return;
        }
        store.take(file.id())
                .ifPresent(run -> await(file, run, input -> {
                    ImportPreview done = users.takeAsSeen(input, file.encoding(), seen.digest());
                    if (done.kept()) {
                        store.imported(file.id(), run, done);
                    } else {
                        store.checked(file.id(), run, done, true);
                    }
                }));
    }

    private void await(UploadedFile file, int run, Work work) {
        Caller caller = callers.current();
        Map<String, String> named = MDC.getCopyOfContextMap();
        Future<?> running = threads.submit(() -> {
            name(named);
            callers.as(caller, () -> {
                run(file, run, work);
                return true;
            });
        });
        try {
            running.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException goesOn) {
            log.debug("The page shows how far it is");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    private static void name(@Nullable Map<String, String> request) {
        if (request != null) {
            MDC.setContextMap(request);
        }
    }

    private void run(UploadedFile file, int run, Work work) {
        UploadedFileInput input = new UploadedFileInput(store, file.id(), file.size());
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofVirtual().name("import-beat").start(() -> beat(file.id(), run, input, done));
        String failure = null;
        try {
            work.on(input);
        } catch (BridgeException refused) {
            failure = refused.detail();
        } catch (IOException | RuntimeException unexpected) {
            log.error("An uploaded file could not be checked or imported", unexpected);
            failure = "";
        } finally {
            done.countDown();
        }
        if (failure != null) {
            store.failed(file.id(), run, failure);
        }
    }

    private void beat(UUID id, int run, UploadedFileInput input, CountDownLatch done) {
        try {
            while (!done.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                store.beat(id, run, input.bytesRead());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            // it is taken for dead then, though what it does is kept if it goes well
            log.warn("How far an import is cannot be told", failed);
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
            threads.shutdownNow();
        }
    }

    /** What is done with a file. */
    @FunctionalInterface
    private interface Work {

        void on(UploadedFileInput input) throws IOException;
    }
}
