package io.qlikbridge.simulator;

/** How an answer of the token endpoint says when the token ends; Qlik documents {@code expires_at} alone. */
public enum TokenEnd {
    EXPIRES_AT,
    EXPIRES_IN,
    BOTH
}
