package io.qlikbridge.sitesimulator;

import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A virtual proxy of a site, as its page in the management console sets it. One with a certificate signs in by JWT. */
public final class VirtualProxy {

    private final String prefix;
    private volatile Supplier<@Nullable String> certificate = () -> null;
    private volatile String userIdClaim = "userId";
    private volatile String userDirectoryClaim = "userDirectory";
    private volatile @Nullable String audience;
    private volatile Duration inactivityTimeout = Duration.ofMinutes(30);
    private volatile Set<String> allowedHosts = Set.of("localhost", "127.0.0.1");
    private volatile boolean linked = true;

    /** @param prefix without slashes; empty for the default virtual proxy */
    VirtualProxy(String prefix) {
        if (!prefix.matches("[a-z0-9._~-]*")) {
            throw new IllegalArgumentException("A prefix is in lower case: " + prefix);
        }
        this.prefix = prefix;
    }

    /** Whose key has to have signed the tokens. */
    public VirtualProxy certificate(String pem) {
        certificate = () -> pem;
        return this;
    }

    /** Asked for with each token; nothing while there is none. */
    public VirtualProxy certificate(Supplier<@Nullable String> pem) {
        certificate = pem;
        return this;
    }

    /** The claim that holds the user's id; letters count as they are. */
    public VirtualProxy userIdClaim(String name) {
        userIdClaim = name;
        return this;
    }

    /** @param name of a claim, or a directory for everybody in brackets: {@code [EXTERNAL]} */
    public VirtualProxy userDirectoryClaim(String name) {
        userDirectoryClaim = name;
        return this;
    }

    /** What {@code aud} has to be; nothing for whatever it is. */
    public VirtualProxy audience(@Nullable String required) {
        audience = required;
        return this;
    }

    /** After which a session that nobody uses is over; 30 minutes at first. */
    public VirtualProxy inactivityTimeout(Duration timeout) {
        inactivityTimeout = timeout;
        return this;
    }

    /** The names by which callers may call it; {@code localhost} and {@code 127.0.0.1} at first. */
    public VirtualProxy allowedHosts(String... names) {
        allowedHosts = Set.of(names);
        return this;
    }

    /** Whether it is linked to the central proxy; else nobody gets through. */
    public VirtualProxy linked(boolean toCentralProxy) {
        linked = toCentralProxy;
        return this;
    }

    public String prefix() {
        return prefix;
    }

    /** Of the session's cookie. */
    public String cookieName() {
        return prefix.isEmpty() ? "X-Qlik-Session" : "X-Qlik-Session-" + prefix;
    }

    @Nullable
    String certificate() {
        return certificate.get();
    }

    String userIdClaim() {
        return userIdClaim;
    }

    String userDirectoryClaim() {
        return userDirectoryClaim;
    }

    @Nullable
    String audience() {
        return audience;
    }

    Duration inactivityTimeout() {
        return inactivityTimeout;
    }

    boolean allows(String host) {
        return allowedHosts.contains(host);
    }

    boolean isLinked() {
        return linked;
    }
}
