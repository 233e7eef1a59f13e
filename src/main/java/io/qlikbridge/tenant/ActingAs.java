package io.qlikbridge.tenant;

import io.qlikbridge.subject.Subject;
import org.jspecify.annotations.Nullable;

/**
 * As whom a call is made.
 *
 * @param credential what the tenant issued to the subject; {@code null} at a deployment that issues nothing
 */
public record ActingAs(Subject subject, @Nullable Credential credential) {

    /** @throws IllegalStateException at a deployment that issues nothing, of which this is not asked */
    public Credential requireCredential() {
        if (credential == null) {
            throw new IllegalStateException("The call is made without a credential");
        }
        return credential;
    }
}
