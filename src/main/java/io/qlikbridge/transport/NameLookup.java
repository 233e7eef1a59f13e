package io.qlikbridge.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.net.InetAddressUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks host names up within the time that connecting may take: the operating system takes as long as it likes, and cannot
 * be interrupted. Each name has one lookup under way at most, on a thread of its own, since it would hold one of the few
 * that carry all requests.
 */
@Component
public class NameLookup implements DnsResolver {

    private static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("tenant-name-lookup").factory();

    private final Duration longest;
    private final ConcurrentHashMap<String, CompletableFuture<InetAddress[]>> lookups = new ConcurrentHashMap<>();

    public NameLookup(TenantProperties properties) {
        this.longest = properties.connectTimeout();
    }

    /** @param host a name, or an address, which is not looked up */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        if (InetAddressUtils.isIPv4(host) || InetAddressUtils.isIPv6(host)) {
            return new InetAddress[] {InetAddress.ofLiteral(host)};
        }
        try {
            return lookups.computeIfAbsent(host, this::start).get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw unknown(host, failed.getCause());
        } catch (TimeoutException late) {
            throw unknown(host, late);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw unknown(host, stopping);
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** The operating system's answer. */
    protected InetAddress[] ask(String host) throws UnknownHostException {
        return InetAddress.getAllByName(host);
    }

    private CompletableFuture<InetAddress[]> start(String host) {
        CompletableFuture<InetAddress[]> lookup = new CompletableFuture<>();
        THREADS.newThread(() -> {
                    try {
                        lookup.complete(ask(host));
                    } catch (UnknownHostException | RuntimeException failure) {
                        lookup.completeExceptionally(failure);
                    } finally {
                        lookups.remove(host, lookup);
                    }
                })
                .start();
        return lookup;
    }

    private static UnknownHostException unknown(String host, @Nullable Throwable cause) {
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }
}
