package io.qlikbridge.connection;

/** The credentials issued on a connection, asked before it goes. Implemented by the module that leases them. */
public interface ConnectionLeases {

    /** How many credentials of this connection may still be used at the tenant. */
    long alive(ConnectionId connection);

    /** Ends all of them at the tenant; throws what kept one alive. */
    void revoke(ConnectionId connection);
}
