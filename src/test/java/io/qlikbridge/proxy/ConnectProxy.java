package io.qlikbridge.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A forward proxy that carries CONNECT on to one port of this machine, whatever host it is asked for. */
public final class ConnectProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private volatile String answer = "200 Connection established";
    private volatile String wanted;

    private ConnectProxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    public static ConnectProxy to(int target) {
        try {
            ConnectProxy proxy = new ConnectProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** What it was asked for, such as {@code CONNECT host:443 HTTP/1.1}. */
    public List<String> asked() {
        return heads.stream().map(head -> head.lines().findFirst().orElse("")).toList();
    }

    /** All that it was sent outside of what it carries. */
    public List<String> heads() {
        return heads;
    }

    /** @param status of its answer to all that follows, with the reason; one that begins with 200 carries on */
    public void answer(String status) {
        answer = status;
    }

    /** @param login that callers have to show, in Base64; null for none */
    public void want(String login) {
        wanted = login;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                Thread.ofVirtual().start(() -> serve(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket caller) {
        try (caller) {
            String head = head(caller.getInputStream());
            while (wanted != null && !head.contains("Proxy-Authorization: Basic " + wanted + "\r\n")) {
                heads.add(head);
                say(
                        caller,
                        "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"out\"\r\nContent-Length: 0");
                head = head(caller.getInputStream());
            }
            heads.add(head);
            boolean carries = answer.startsWith("200");
            say(caller, carries ? answer : answer + "\r\nContent-Length: 0\r\nConnection: close");
            if (carries) {
                carry(caller);
            }
        } catch (IOException over) {
            // the caller sees its connection end
        }
    }

    private void carry(Socket caller) throws IOException {
        try (Socket callee = new Socket(InetAddress.getLoopbackAddress(), target)) {
            Thread.ofVirtual().start(() -> {
                try (caller;
                        callee) {
                    callee.getInputStream().transferTo(caller.getOutputStream());
                } catch (IOException over) {
                    // the caller sees its connection end
                }
            });
            caller.getInputStream().transferTo(callee.getOutputStream());
        }
    }

    private static void say(Socket caller, String status) throws IOException {
        caller.getOutputStream().write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        caller.getOutputStream().flush();
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The caller went");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException gone) {
            // as wanted
        }
    }
}
