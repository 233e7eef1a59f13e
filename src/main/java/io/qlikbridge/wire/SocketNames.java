package io.qlikbridge.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Has Tomcat take a connection that the front has handed on for one of the caller's own: what it says of both ends, in logs and to the
 * application, it asks its socket once and keeps.
 */
final class SocketNames {

    private static final VarHandle REMOTE_ADDRESS = field("remoteAddr", String.class);
    private static final VarHandle REMOTE_HOST = field("remoteHost", String.class);
    private static final VarHandle REMOTE_PORT = field("remotePort", int.class);
    private static final VarHandle LOCAL_ADDRESS = field("localAddr", String.class);
    private static final VarHandle LOCAL_NAME = field("localName", String.class);
    private static final VarHandle LOCAL_PORT = field("localPort", int.class);

    private SocketNames() {}

    static void set(SocketWrapperBase<?> socket, FrontedCaller caller) {
        InetSocketAddress remote = caller.remote();
        InetSocketAddress local = caller.local();
        REMOTE_ADDRESS.set(socket, remote.getAddress().getHostAddress());
        REMOTE_HOST.set(socket, remote.getAddress().getHostAddress());
        REMOTE_PORT.set(socket, remote.getPort());
        LOCAL_ADDRESS.set(socket, local.getAddress().getHostAddress());
        LOCAL_NAME.set(socket, local.getAddress().getHostAddress());
        LOCAL_PORT.set(socket, local.getPort());
    }

    private static VarHandle field(String name, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(SocketWrapperBase.class, MethodHandles.lookup())
                    .findVarHandle(SocketWrapperBase.class, name, type);
        } catch (ReflectiveOperationException another) {
            throw new IllegalStateException("This Tomcat keeps the ends of a connection elsewhere", another);
        }
    }
}
