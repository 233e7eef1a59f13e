package io.qlikbridge.sitesimulator;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Where apps are published. */
public record SiteStream(String id, String name) {

    /** With an id that is the same for the same name. */
    public static SiteStream of(String name) {
        return new SiteStream(
                UUID.nameUUIDFromBytes(("stream " + name).getBytes(StandardCharsets.UTF_8))
                        .toString(),
                name);
    }
}
