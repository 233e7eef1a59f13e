package io.qlikbridge.access;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what issuers publish. The only place that calls one: bounded in time and size as a whole, and never led from https to
 * http. The JDK's own client, so the proxy is that of its default {@link java.net.ProxySelector}.
 */
class IssuerDocuments {

    static final int MOST_BYTES = 500_000;

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration WHOLE = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    /** @throws UnreadableKeys when there is no JSON */
    String read(URI address) throws UnreadableKeys {
        HttpResponse<byte[]> answer = answer(address);
        if (answer.statusCode() != 200) {
            throw new UnreadableKeys(
                    IssuerTrouble.Cause.REFUSED,
                    address + " answered with status " + answer.statusCode() + redirect(answer));
        }
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (text.stripLeading().startsWith("<")) {
            throw new UnreadableKeys(
                    IssuerTrouble.Cause.UNREADABLE,
                    address + " answered with a page and not with JSON: perhaps one of a proxy, or to sign in");
        }
        return text;
    }

    private HttpResponse<byte[]> answer(URI address) throws UnreadableKeys {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Accept", "application/json")
                .timeout(WHOLE)
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            return answer.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            answer.cancel(true);
            throw unreachable(address, "did not answer within " + WHOLE.toSeconds() + " seconds");
        } catch (InterruptedException stopping) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw unreachable(address, "was not waited for");
        } catch (ExecutionException failed) {
            throw unreachable(address, why(failed.getCause()));
        }
    }

    private static String redirect(HttpResponse<?> answer) {
        return answer.statusCode() / 100 == 3
                ? ", and its redirect is not followed"
                : answer.statusCode() == 407 ? ", which is a proxy's: it wants a user and a password" : "";
    }

    private static String why(@Nullable Throwable cause) {
        for (Throwable one = cause; one != null; one = one.getCause()) {
            switch (one) {
                case UnknownHostException unknown -> {
                    return "has a name that does not resolve";
                }
                case UnresolvedAddressException unknown -> {
                    return "has a name that does not resolve";
                }
                case java.net.http.HttpTimeoutException silent -> {
                    return "did not answer in time";
                }
                case SSLException tls -> {
                    return "cannot be reached by TLS: " + plain(tls);
                }
                default -> {}
            }
        }
        return cause instanceof ConnectException
                ? "does not take connections"
                : "cannot be read: " + (cause instanceof IOException failed ? plain(failed) : "an error of the client");
    }

    private static String plain(IOException failed) {
        String text = String.valueOf(failed.getMessage())
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
        return text.length() > 200 ? text.substring(0, 200) : text;
    }

    private static UnreadableKeys unreachable(URI address, String because) {
        return new UnreadableKeys(
                IssuerTrouble.Cause.UNREACHABLE,
                (address.getScheme() + "://" + address.getRawAuthority()).toLowerCase(Locale.ROOT) + " " + because);
    }
}
