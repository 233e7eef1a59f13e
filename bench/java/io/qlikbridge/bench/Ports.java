package io.qlikbridge.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** Ports that somebody is about to listen on. */
final class Ports {

    private Ports() {}

    static void await(int port, Program owner) throws InterruptedException {
        while (!isOpen(port)) {
            owner.requireAlive();
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
