package io.qlikbridge.sensesettings;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionKind;
import io.qlikbridge.connection.ConnectionRequest;
import io.qlikbridge.connection.ConnectionSettings;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.problem.PlainText;
import io.qlikbridge.sitecertificate.SiteCertificates;
import io.qlikbridge.sitecertificate.SiteKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Connections to client-managed Qlik Sense sites. */
@Component
public class SenseKind implements ConnectionKind, SiteKind {

    private static final int LONGEST_CLAIM = 64;
    private static final int LONGEST_AUDIENCE = 255;
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9._~-]{1,64}");

    /** What every token has for itself (RFC 7519, section 4.1). */
    private static final Set<String> TAKEN_CLAIMS = Set.of("aud", "exp", "iat", "nbf", "jti");

    private static final String OF_CERTIFICATES = "goes with signIn certificates alone";
    private static final String OF_JWT = "goes with signIn jwt alone";

    private final SiteCertificates certificates;

    public SenseKind(SiteCertificates certificates) {
        this.certificates = certificates;
    }

    @Override
    public ConnectionType type() {
        return SenseSettings.TYPE;
    }

    @Override
    public Class<SenseSettings> settings() {
        return SenseSettings.class;
    }

    @Override
    public Supplier<ConnectionSettings> read(ConnectionRequest request) {
        Optional<SignIn> signIn = request.requiredText("signIn", SignIn::of);
        Optional<String> directory = request.requiredText("userDirectory", SenseKind::directory);
        boolean hostNameCheck = request.flag("hostNameCheck").orElse(true);
        request.refuse("sslBundle", "does not go with qlik-sense: what is trusted is uploaded under certificates");
        Supplier<ConnectionSettings> withCertificates = certificates(request, directory, hostNameCheck);
        Supplier<ConnectionSettings> withJwt = jwt(request, directory, hostNameCheck);
        signIn.ifPresent(way -> refuseOthers(request, way));
        return signIn.filter(way -> way == SignIn.CERTIFICATES).isPresent() ? withCertificates : withJwt;
    }

    private static Supplier<ConnectionSettings> certificates(
            ConnectionRequest request, Optional<String> directory, boolean hostNameCheck) {
        Optional<Integer> repository = request.number("repositoryPort", SenseKind::port);
        Optional<Integer> proxy = request.number("proxyPort", SenseKind::port);
        return () -> new CertificateSettings(
                directory.orElseThrow(),
                repository.orElse(CertificateSettings.REPOSITORY_PORT),
                proxy.orElse(CertificateSettings.PROXY_PORT),
                hostNameCheck);
    }

    private static Supplier<ConnectionSettings> jwt(
            ConnectionRequest request, Optional<String> directory, boolean hostNameCheck) {
        Optional<String> prefix = request.text("virtualProxy", SenseKind::prefix);
        Optional<String> userId = request.text(
                "userIdClaim", text -> otherThan(JwtSettings.USER_DIRECTORY_CLAIM, "userDirectory", claim(text)));
        Optional<String> userDirectory = request.text(
                "userDirectoryClaim",
                text -> otherThan(userId.orElse(JwtSettings.USER_ID_CLAIM), "userIdClaim", claim(text)));
        Optional<String> audience = request.text("audience", text -> PlainText.checked(text, LONGEST_AUDIENCE));
        Optional<TokenExpiry> expiry = request.text("tokenExpiry", TokenExpiry::new);
        return () -> new JwtSettings(
                prefix.orElse(""),
                directory.orElseThrow(),
                userId.orElse(JwtSettings.USER_ID_CLAIM),
                userDirectory.orElse(JwtSettings.USER_DIRECTORY_CLAIM),
                audience.orElse(null),
                expiry.orElse(JwtSettings.USUAL_EXPIRY),
                hostNameCheck);
    }

    private static void refuseOthers(ConnectionRequest request, SignIn way) {
        if (way == SignIn.CERTIFICATES) {
            List.of("virtualProxy", "userIdClaim", "userDirectoryClaim", "audience", "tokenExpiry")
                    .forEach(name -> request.refuse(name, OF_JWT));
        } else {
            List.of("repositoryPort", "proxyPort").forEach(name -> request.refuse(name, OF_CERTIFICATES));
        }
    }

    @Override
    public Map<String, @Nullable Object> shown(Connection connection) {
        Map<String, @Nullable Object> shown = new HashMap<>();
        shown.put("certificates", certificates.view(connection.id()).orElse(null));
        return shown;
    }

    @Override
    public List<String> warnings(Connection connection) {
        List<String> warnings = new ArrayList<>(certificates.warnings(connection.id()));
        if (!SenseSettings.of(connection).hostNameCheck()) {
            warnings.add(
                    "The host-name check of the connection " + connection.id() + " is off: whoever has a certificate"
                            + " of the site can answer in the place of its host. Have a certificate made that holds the name of the"
                            + " host, and set hostNameCheck to true.");
        }
        return warnings;
    }

    @Override
    public boolean isSite(Connection connection) {
        return connection.type().equals(SenseSettings.TYPE);
    }

    @Override
    public boolean needsClient(Connection connection) {
        return connection.settings() instanceof CertificateSettings;
    }

    private static String directory(String text) {
        return new SenseUser(text.strip(), "user").directory();
    }

    private static Integer port(Integer number) {
        if (number < 1 || number > 65_535) {
            throw new InvalidValue("is 1 to 65535");
        }
        return number;
    }

    /** Slashes around it are as good as none. */
    private static String prefix(String text) {
        String prefix = text.strip().replaceAll("^/+|/+$", "");
        if (!prefix.isEmpty() && !PREFIX.matcher(prefix).matches()) {
            throw new InvalidValue(
                    "is the prefix of a virtual proxy: 1 to 64 of a-z, 0-9, ., _, ~ and -, or empty for the default one");
        }
        return prefix;
    }

    private static String claim(String text) {
        PlainText.checked(text, LONGEST_CLAIM);
        if (TAKEN_CLAIMS.contains(text)) {
            throw new InvalidValue("is not one of the claims that every token has for itself: aud, exp, iat, nbf, jti");
        }
        return text;
    }

    private static String otherThan(String taken, String by, String claim) {
        if (claim.equals(taken)) {
            throw new InvalidValue("is another claim than " + by);
        }
        return claim;
    }
}
