package io.qlikbridge.connection;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kinds of Qlik deployment that can stand behind a connection. */
public enum ConnectionType {
    /** A Qlik Cloud tenant, reached with assertions, sessions and API keys. */
    @JsonProperty("qlik-cloud")
    QLIK_CLOUD
}
