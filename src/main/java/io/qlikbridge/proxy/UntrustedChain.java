package io.qlikbridge.proxy;

import io.qlikbridge.problem.PlainText;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A host's certificate is not trusted; tells who signed it, as the JDK does not. */
public final class UntrustedChain extends CertificateException {

    private static final int LONGEST = 200;

    /** The name of who signed the last certificate that the host showed (RFC 4514), or what there is of it. */
    private final String authority;

    UntrustedChain(X509Certificate[] chain, CertificateException cause) {
        super(cause.getMessage(), cause);
        this.authority = chain.length == 0 ? "" : shown(chain[chain.length - 1]);
    }

    private static String shown(X509Certificate last) {
        String name = last.getIssuerX500Principal().getName();
        // a semicolon would end the sentence it is put into
        String plain = name.codePoints()
                .limit(LONGEST)
                .mapToObj(Character::toString)
                .map(character -> character.equals(";") ? "," : PlainText.isPlain(character) ? character : "?")
                .collect(Collectors.joining());
        return name.length() > LONGEST ? plain + "…" : plain;
    }

    /** In the causes of a failed call; {@code null} if it failed for something else. */
    public static @Nullable UntrustedChain in(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UntrustedChain chain) {
                return chain;
            }
        }
        return null;
    }

    /** What was found, as the end of a sentence about the certificate. */
    public String found() {
        return "is not signed by an authority the bridge trusts"
                + (authority.isEmpty() ? "" : ", but by \"" + authority + "\"");
    }
}
