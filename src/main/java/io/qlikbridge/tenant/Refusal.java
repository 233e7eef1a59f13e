package io.qlikbridge.tenant;

/** What a tenant refused, as the adapter has understood it. */
public enum Refusal {
    /** The credential that was shown. */
    CREDENTIAL,
    /** The subject: it would be refused again whoever asks, until an admin changes something. */
    SUBJECT,
    /** One more credential of the subject, or something else of it that the tenant answers in the same way. */
    TOO_MANY,
    /** This call, or nothing at all. */
    CALL
}
