package io.qlikbridge.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CredentialTests {

    @Test
    void toStringHidesTheToken() {
        Credential credential = new Credential("key-1", "secret-token", Instant.EPOCH);

        assertThat(credential.toString()).contains("key-1").doesNotContain("secret-token");
        assertThat(new IssuedCredential(credential, "user-1").toString()).doesNotContain("secret-token");
    }
}
