package io.qlikbridge.transport;

import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;

/** Whom connections trust, and what they show of themselves, where no SSL bundle says so. */
public interface Trust {

    /** Tells it from every other one. Connections of one are never used for another. */
    String id();

    /** Made anew at each call; asked for once as long as connections are in use. */
    SSLContext context();

    /** Whether a certificate that is trusted is for the host. */
    HostnameVerifier hostNames();
}
