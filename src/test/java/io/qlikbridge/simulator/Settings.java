package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What a test may switch on a tenant; every change counts from the next request on. */
final class Settings {

    volatile Duration maxApiKeyExpiry = Duration.ofHours(24);
    volatile int maxKeysPerUser = 5;
    volatile boolean configReadable = true;
    volatile boolean csrfCookie = true;
    volatile boolean nullNextLink = false;
    volatile boolean productInfo = true;
    volatile boolean recordCalls = true;
    volatile boolean compress = false;
    volatile boolean talkative = false;
    volatile boolean autoCreateGroups = true;
    volatile boolean duplicateProviders = false;
    volatile PemForm pemForm = PemForm.ANY;

    /** How a PEM is written back that a tenant has taken. */
    volatile UnaryOperator<String> shownPem = pem -> pem;

    volatile Duration accessTokenLifetime = Duration.ofHours(6);
    volatile int maxTokensPerUser = Integer.MAX_VALUE;
    volatile TokenEnd tokenEnd = TokenEnd.EXPIRES_AT;
    volatile boolean oauthErrors = true;

    /** What the {@code href} of a link begins with. */
    volatile String linkBase;

    /** What a {@code Location} begins with; nothing makes it relative. */
    volatile String redirectBase = "";

    final Set<String> disabledSubjects = ConcurrentHashMap.newKeySet();
    final Set<String> subjectsWithoutApiKeys = ConcurrentHashMap.newKeySet();

    volatile Function<Request, Optional<ResponseDefinition>> before = request -> Optional.empty();
    volatile BiFunction<Request, ResponseDefinition, ResponseDefinition> after = (request, answer) -> answer;
    volatile Consumer<IssuedKey> keyMade = key -> {};
    volatile Consumer<AccessToken> tokenMade = token -> {};

    Settings(String url) {
        this.linkBase = url;
    }
}
