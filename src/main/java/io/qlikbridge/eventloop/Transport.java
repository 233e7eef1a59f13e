package io.qlikbridge.eventloop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** By which system calls the front speaks: Linux's own where the library for them loads, the JDK's everywhere else. */
public enum Transport {
    EPOLL {
        @Override
        public IoHandlerFactory loops() {
            return EpollIoHandler.newFactory();
        }

        @Override
        public Class<? extends ServerChannel> server() {
            return EpollServerSocketChannel.class;
        }

        @Override
        public Class<? extends Channel> tenant() {
            return EpollSocketChannel.class;
        }

        @Override
        public Class<? extends Channel> application() {
            return EpollDomainSocketChannel.class;
        }

        @Override
        public SocketAddress at(Path socket) {
            return new DomainSocketAddress(socket.toFile());
        }

        @Override
        public ByteBufAllocator buffers(int loops) {
            return new PooledByteBufAllocator(true, 1, loops, PAGE, CHUNK_ORDER, SMALL, NORMAL, true);
        }
    },
    NIO {
        @Override
        public IoHandlerFactory loops() {
            return NioIoHandler.newFactory();
        }

        @Override
        public Class<? extends ServerChannel> server() {
            return NioServerSocketChannel.class;
        }

        @Override
        public Class<? extends Channel> tenant() {
            return NioSocketChannel.class;
        }

        @Override
        public Class<? extends Channel> application() {
            return NioDomainSocketChannel.class;
        }

        @Override
        public SocketAddress at(Path socket) {
            return UnixDomainSocketAddress.of(socket);
        }

        @Override
        public ByteBufAllocator buffers(int loops) {
            return new OnHeap(loops);
        }
    };

    private static final int PAGE = 8 * 1024;

    /**
     * 4 MB. A chunk is given back once a quarter of it was in use and nothing is any more, which hardly ever happens with so large ones:
     * where Java itself manages memory outside the heap, giving some back stops all threads for a moment.
     */
    private static final int CHUNK_ORDER = 9;

    private static final int SMALL = 256;
    private static final int NORMAL = 64;

    public static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    public abstract IoHandlerFactory loops();

    public abstract Class<? extends ServerChannel> server();

    public abstract Class<? extends Channel> tenant();

    public abstract Class<? extends Channel> application();

    public abstract SocketAddress at(Path socket);

    public abstract ByteBufAllocator buffers(int loops);

    /** The JDK copies to memory of its own, one piece for each thread, what it reads and writes. */
    private static final class OnHeap extends PooledByteBufAllocator {

        private OnHeap(int loops) {
            super(false, loops, 0, PAGE, CHUNK_ORDER, SMALL, NORMAL, true);
        }

        @Override
        public ByteBuf ioBuffer() {
            return heapBuffer();
        }

        @Override
        public ByteBuf ioBuffer(int capacity) {
            return heapBuffer(capacity);
        }

        @Override
        public ByteBuf ioBuffer(int capacity, int most) {
            return heapBuffer(capacity, most);
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }
}
