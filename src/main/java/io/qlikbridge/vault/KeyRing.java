package io.qlikbridge.vault;

import java.util.List;
import java.util.Optional;

/** The vault keys in use, newest first: the first seals, all of them open. */
public record KeyRing(List<VaultKey> keys) {

    public KeyRing {
        keys = List.copyOf(keys);
    }

    VaultKey newest() {
        return keys.getFirst();
    }

    /** The id of the key that seals. */
    public String newestId() {
        return newest().id();
    }

    public Optional<VaultKey> named(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    public List<String> ids() {
        return keys.stream().map(VaultKey::id).toList();
    }

    /** The ids of those behind the newest. */
    public List<String> older() {
        return keys.stream().skip(1).map(VaultKey::id).toList();
    }
}
