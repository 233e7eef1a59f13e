package io.qlikbridge.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * A tenant that does nothing but answer, with prepared bytes and from one thread, so that little of the machine goes to
 * it. It takes no part in any check: {@link TenantAnswers} says what it knows. Runs in a JVM of its own.
 */
final class Upstream {

    private static final int MOST_REQUEST_BYTES = 32 * 1024;

    private final Selector selector;
    private final ServerSocketChannel server;
    private final TenantAnswers answers;
    private final ArrayDeque<Due> waiting = new ArrayDeque<>();

    private record Due(long at, Caller caller, ByteBuffer answer) {}

    private Upstream() throws IOException {
        selector = Selector.open();
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 4096);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        answers = new TenantAnswers(port());
    }

    public static void main(String[] arguments) throws IOException {
        Upstream upstream = new Upstream();
        System.out.println("Listening on port " + upstream.port());
        upstream.serve();
    }

    private int port() {
        return server.socket().getLocalPort();
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private void serve() throws IOException {
        while (true) {
            await();
            Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
            while (ready.hasNext()) {
                SelectionKey key = ready.next();
                ready.remove();
                if (key.isAcceptable()) {
                    accept();
                } else {
                    ((Caller) key.attachment()).proceed(key);
                }
            }
            answerDue();
        }
    }

    private void await() throws IOException {
        if (waiting.isEmpty()) {
            selector.select();
            return;
        }
        // half a millisecond early is as good as half of one late
        long millis = (waiting.peek().at() - System.nanoTime() + 500_000) / 1_000_000;
        if (millis > 0) {
            selector.select(millis);
        } else {
            selector.selectNow();
        }
    }

    private void answerDue() throws IOException {
        long soon = System.nanoTime() + 500_000;
        while (!waiting.isEmpty() && waiting.peek().at() - soon <= 0) {
            Due due = waiting.poll();
            due.caller().send(due.answer());
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = server.accept();
        if (channel != null) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Caller caller = new Caller(channel);
            caller.key = channel.register(selector, SelectionKey.OP_READ, caller);
        }
    }

    /** One connection, with one request under way at most. */
    private final class Caller {

        private final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(MOST_REQUEST_BYTES);
        private SelectionKey key;
        private ByteBuffer out;

        private Caller(SocketChannel channel) {
            this.channel = channel;
        }

        private void proceed(SelectionKey ready) {
            try {
                if (ready.isWritable()) {
                    write();
                }
                if (ready.isReadable()) {
                    read();
                }
            } catch (IOException gone) {
                close();
            }
        }

        private void read() throws IOException {
            if (channel.read(in) < 0) {
                close();
                return;
            }
            WholeRequest request = WholeRequest.in(in.array(), in.position());
            if (request == null) {
                return;
            }
            in.clear();
            long latency = answers.latencyNanos();
            ByteBuffer answer = answers.to(request);
            if (latency == 0) {
                send(answer);
            } else {
                waiting.add(new Due(System.nanoTime() + latency, this, answer));
            }
        }

        private void send(ByteBuffer answer) {
            out = answer;
            try {
                write();
            } catch (IOException gone) {
                close();
            }
        }

        private void write() throws IOException {
            if (out == null) {
                return;
            }
            channel.write(out);
            boolean all = !out.hasRemaining();
            if (all) {
                out = null;
            }
            int interest = all ? SelectionKey.OP_READ : SelectionKey.OP_WRITE;
            if (key.isValid() && key.interestOps() != interest) {
                key.interestOps(interest);
            }
        }

        private void close() {
            try {
                channel.close();
            } catch (IOException already) {
                // nothing is left of it
            }
        }
    }
}
