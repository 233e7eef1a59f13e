package io.qlikbridge.resealing;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows admins how far the rotation of the vault keys is. */
@RestController
class VaultController {

    private final VaultProgress progress;

    VaultController(VaultProgress progress) {
        this.progress = progress;
    }

    @GetMapping("/api/v1/vault")
    VaultProgress.Answer get() {
        return progress.now();
    }
}
