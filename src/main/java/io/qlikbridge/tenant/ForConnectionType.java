package io.qlikbridge.tenant;

import io.qlikbridge.connection.ConnectionType;

/** Something that speaks to one kind of Qlik deployment. */
public interface ForConnectionType {

    ConnectionType type();
}
