package io.qlikbridge.tenantsetup;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The properties of a request to set a tenant up, as they came. They hold an administrator's credential. */
record SetupBody(Map<String, JsonNode> sent) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    SetupBody {}

    /** The framework logs what it has read. */
    @Override
    public String toString() {
        return "SetupBody[]";
    }
}
