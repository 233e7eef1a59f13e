package io.qlikbridge.passthrough;

/**
 * How long a compressed answer of a tenant's may be once it is unpacked.
 *
 * @param bytes with which it is still passed on
 */
record MostUnpacked(long bytes) {

    /** Many times what any document of Qlik's has. */
    static final MostUnpacked DEFAULT = new MostUnpacked(256L * 1024 * 1024);
}
