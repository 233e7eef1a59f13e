package io.qlikbridge.apidoc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ApiDescriptionAddressTests {

    @Test
    void descriptionHasThePathInItsAddressesAlone() {
        String json =
                "{\"servers\":[{\"url\":\"/\"}],\"tokenUrl\":\"/oauth2/token\",\"href\":\"/x\",\"url\":\"https://a.example/\"}";
        String yaml = "servers:\n- url: /\n  tokenUrl: /oauth2/token\n  url: https://a.example/\n";

        assertThat(below(json))
                .isEqualTo(
                        "{\"servers\":[{\"url\":\"/a/b\"}],\"tokenUrl\":\"/a/b/oauth2/token\",\"href\":\"/x\",\"url\":\"https://a.example/\"}");
        assertThat(below(yaml))
                .isEqualTo("servers:\n- url: /a/b\n  tokenUrl: /a/b/oauth2/token\n  url: https://a.example/\n");
    }

    private static String below(String description) {
        byte[] below = ApiDescriptionAddress.below("/a/b", description.getBytes(StandardCharsets.UTF_8));
        return new String(below, StandardCharsets.UTF_8);
    }
}
