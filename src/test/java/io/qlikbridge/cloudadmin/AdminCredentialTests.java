package io.qlikbridge.cloudadmin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdminCredentialTests {

    @Test
    void credentialsShowNoSecret() {
        assertThat(new AdminCredential.OAuthClient("client-1", "s3cr3t"))
                .asString()
                .contains("client-1")
                .doesNotContain("s3cr3t");
        assertThat(new AdminCredential.ApiKey("s3cr3t")).asString().doesNotContain("s3cr3t");
    }
}
