package io.qlikbridge.front;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.qlikbridge.eventloop.CallerTls;
import io.qlikbridge.eventloop.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;

/** Listens for callers, on one event loop for each processor. */
final class FrontServer {

    private static final Logger log = LoggerFactory.getLogger(FrontServer.class);

    private static final int READ = 16 * 1024;

    /** What lies there counts as read by the caller; left alone, the system would take megabytes for who reads nothing. */
    private static final int KERNEL_BUFFER = 128 * 1024;

    private static final WriteBufferWaterMark WRITTEN = new WriteBufferWaterMark(32 * 1024, 64 * 1024);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(50);

    private final Supplier<Front> front;
    private final Front.Setting setting;
    private final @Nullable CallerTls tls;
    private final Map<EventExecutor, FrontLoop> loops = new IdentityHashMap<>();
    private @Nullable MultiThreadIoEventLoopGroup group;
    private @Nullable Channel channel;

    FrontServer(Supplier<Front> front, Front.Setting setting, @Nullable CallerTls tls) {
        this.front = front;
        this.setting = setting;
        this.tls = tls;
    }

    /**
     * @param backlog connections that the system has and the front has not yet
     * @return the port, which is one of the system's choosing where none was wanted
     */
    int start(InetSocketAddress address, int backlog) {
        int processors = Runtime.getRuntime().availableProcessors();
        Transport transport = setting.transport();
        ByteBufAllocator buffers = transport.buffers(processors);
        MultiThreadIoEventLoopGroup started =
                new MultiThreadIoEventLoopGroup(processors, new DefaultThreadFactory("front", true), transport.loops());
        group = started;
        Front known = front.get();
        started.forEach(executor -> {
            FrontLoop loop = new FrontLoop((EventLoop) executor, known, setting, processors);
            loops.put(executor, loop);
            loop.start();
        });
        ChannelFuture bound = new ServerBootstrap()
                .group(started)
                .channel(transport.server())
                .option(ChannelOption.SO_BACKLOG, backlog)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, buffers)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, KERNEL_BUFFER)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITTEN)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accept(accepted);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop();
            throw refused(address, bound.cause());
        }
        channel = bound.channel();
        int port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
        log.info("The front listens on port {} with {} event loops ({})", port, processors, transport);
        return port;
    }

    /** What Boot tells of a server of its own that cannot listen. */
    private static RuntimeException refused(InetSocketAddress address, Throwable why) {
        if (why instanceof Exception failure) {
            PortInUseException.throwIfPortBindingException(failure, address::getPort);
        }
        return new WebServerException("The front cannot listen on " + address, why);
    }

    private void accept(Channel accepted) {
        FrontLoop loop = loops.get(accepted.eventLoop());
        if (loop == null) {
            throw new IllegalStateException("A connection of another server's event loop");
        }
        if (tls != null) {
            accepted.pipeline().addLast(tls.handler(accepted.alloc()));
        }
        accepted.pipeline().addLast(new CallerConnection(loop));
    }

    /** From now on everything is handed on: the application closes connections with its next answers. */
    void drain() {
        onEachLoop(FrontLoop::drain);
    }

    /** Takes no further connection, and closes those that wait for their callers. */
    void pause() {
        Channel listening = channel;
        channel = null;
        if (listening != null) {
            listening.close().awaitUninterruptibly();
        }
        onEachLoop(FrontLoop::closeIdle);
    }

    /** Waits until all connections are at their end, or as long as it may take. */
    void awaitEnd(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        while (connections() > 0 && System.nanoTime() - end < 0) {
            try {
                Thread.sleep(LOOKS_EVERY);
            } catch (InterruptedException atOnce) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** How many connections of callers are open. */
    int connections() {
        int[] open = new int[1];
        loops.forEach((executor, loop) -> {
            if (!executor.isShuttingDown()) {
                open[0] +=
                        executor.submit(loop::connections).syncUninterruptibly().getNow();
            }
        });
        return open[0];
    }

    /** Cuts off what is still open. */
    void stop() {
        MultiThreadIoEventLoopGroup started = group;
        group = null;
        if (started != null) {
            if (channel != null) {
                channel.close().awaitUninterruptibly();
            }
            onEachLoop(FrontLoop::closeAll);
            started.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    /** Has each loop do some work, at the same time, and waits for the last. */
    private void onEachLoop(Consumer<FrontLoop> work) {
        List<Future<?>> under = new ArrayList<>();
        loops.forEach((executor, loop) -> {
            if (!executor.isShuttingDown()) {
                under.add(executor.submit(() -> work.accept(loop)));
            }
        });
        under.forEach(Future::awaitUninterruptibly);
    }
}
