package io.qlikbridge.issuer;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

/**
 * The console's client at an issuer, with what the issuer says of itself. That is asked for when somebody first signs in there, and
 * again each hour; what was known is kept while the issuer is silent, which is asked again after a short pause.
 */
class ConsoleRegistration {

    /** Where an issuer leads people back to, behind the bridge's own address. */
    static final String CALLBACK = "/console/sign-in/callback/";

    private static final Logger log = LoggerFactory.getLogger(ConsoleRegistration.class);
    private static final Duration KNOWN_FOR = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final ConsoleClient client;
    private final String issuer;
    private final String setting;
    private final IssuerDocuments documents;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Known known;
    private volatile Instant notBefore = Instant.MIN;
    private volatile String because = "";

    /**
     * @param issuer its address, without a slash at the end
     * @param setting the name of the issuer's properties
     */
    ConsoleRegistration(ConsoleClient client, String issuer, String setting, IssuerDocuments documents, Clock clock) {
        this.client = client;
        this.issuer = issuer;
        this.setting = setting;
        this.documents = documents;
        this.clock = clock;
    }

    /** @throws OAuth2AuthenticationException {@link IssuerSignIn#UNREACHABLE} */
    ClientRegistration get() {
        return known().registration();
    }

    /** Whether an answer can be this issuer's; one that always names itself has to. */
    boolean canHaveAnswered(@Nullable String named) {
        IssuerMetadata metadata = known().metadata();
        return named == null
                ? !metadata.says("authorization_response_iss_parameter_supported")
                : named.equals(metadata.issuer());
    }

    Optional<URI> endOfSession() {
        try {
            return known().metadata().optional("end_session_endpoint");
        } catch (OAuth2AuthenticationException silent) {
            return Optional.empty();
        }
    }

    Optional<URI> knownEndOfSession() {
        Known now = known;
        return now == null ? Optional.empty() : now.metadata().optional("end_session_endpoint");
    }

    private Known known() {
        Known before = known;
        if (before != null && (clock.instant().isBefore(before.until()) || !asking.tryLock())) {
            return before;
        }
        if (before == null) {
            asking.lock();
        }
        try {
            Known now = known;
            return now != null && clock.instant().isBefore(now.until()) ? now : ask(now);
        } finally {
            asking.unlock();
        }
    }

    private Known ask(@Nullable Known before) {
        Instant now = clock.instant();
        if (now.isBefore(notBefore)) {
            return orElse(before);
        }
        try {
            IssuerMetadata metadata = IssuerMetadata.read(issuer, setting, documents);
            Known asked = new Known(metadata, registration(metadata), now.plus(KNOWN_FOR));
            known = asked;
            because = "";
            return asked;
        } catch (UnreadableKeys failed) {
            notBefore = now.plus(PAUSE);
            String reason = String.valueOf(failed.getMessage());
            if (!reason.equals(because)) {
                because = reason;
                log.warn("Nobody can be led to sign in to the console at the trusted issuer {}: {}", issuer, reason);
            }
            return orElse(before);
        }
    }

    private Known orElse(@Nullable Known before) {
        if (before == null) {
            throw IssuerSignIn.unreachable(because, null);
        }
        return before;
    }

    private ClientRegistration registration(IssuerMetadata metadata) throws UnreadableKeys {
        ClientRegistration.Builder registration = ClientRegistration.withRegistrationId(client.key())
                .clientName(client.name())
                .clientId(client.id())
                .clientAuthenticationMethod(method(metadata))
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .clientSettings(ClientRegistration.ClientSettings.builder()
                        .requireProofKey(true)
                        .build())
                .redirectUri("{baseUrl}" + CALLBACK + client.key())
                .scope("openid", "profile", "email")
                .issuerUri(metadata.issuer())
                .authorizationUri(metadata.endpoint("authorization_endpoint", "people to sign in")
                        .toString())
                .tokenUri(metadata.endpoint("token_endpoint", "the console's tokens")
                        .toString());
        return (client.secret() == null ? registration : registration.clientSecret(client.secret())).build();
    }

    /** The usual one, unless the issuer takes the other alone (OpenID Connect Discovery 1.0, section 3). */
    private ClientAuthenticationMethod method(IssuerMetadata metadata) {
        if (client.secret() == null) {
            return ClientAuthenticationMethod.NONE;
        }
        String methods = "token_endpoint_auth_methods_supported";
        return metadata.lists(methods, "client_secret_post", false)
                        && !metadata.lists(methods, "client_secret_basic", false)
                ? ClientAuthenticationMethod.CLIENT_SECRET_POST
                : ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
    }

    /** @param until when it has to be asked for anew */
    private record Known(IssuerMetadata metadata, ClientRegistration registration, Instant until) {

        /** Spring's own tells the client's secret. */
        @Override
        public String toString() {
            return "Known[" + registration.getRegistrationId() + ", until=" + until + "]";
        }
    }
}
