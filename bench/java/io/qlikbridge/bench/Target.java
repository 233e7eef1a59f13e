package io.qlikbridge.bench;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What requests are sent to.
 *
 * @param program whose processor time is counted
 * @param requests the bytes of the request with this number, counted from 0
 * @param length of the body of a good answer
 */
record Target(String name, Program program, int port, IntFunction<byte[]> requests, long length) {

    /** The same request again and again. */
    static Target of(String name, Program program, int port, String path, long length, String... headers) {
        byte[] request = request(port, path, headers);
        return new Target(name, program, port, number -> request, length);
    }

    /** The first so many requests, made beforehand, again and again. */
    Target again(int count) {
        byte[][] made = IntStream.range(0, count).mapToObj(requests).toArray(byte[][]::new);
        return new Target(name, program, port, number -> made[number % count], length);
    }

    /** The same requests to another program at the same port. */
    Target of(Program other) {
        return new Target(name, other, port, requests, length);
    }

    /** The same requests from that one on. */
    Target from(int first) {
        return new Target(name, program, port, number -> requests.apply(first + number), length);
    }

    /** @param headers whole lines */
    static byte[] request(int port, String path, String... headers) {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nAccept: application/json\r\nUser-Agent: bench\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
