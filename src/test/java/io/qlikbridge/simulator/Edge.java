package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** What stands before a real tenant does to its answers. */
final class Edge {

    private Edge() {}

    static ResponseDefinition of(Settings settings, Request request, ResponseDefinition answer) {
        ResponseDefinitionBuilder edged = ResponseDefinitionBuilder.like(answer).but();
        if (settings.talkative) {
            edged.withHeader("Set-Cookie", "edge=of-the-tenant; Path=/; Secure; HttpOnly")
                    .withHeader("Strict-Transport-Security", "max-age=31536000")
                    .withHeader("Access-Control-Allow-Origin", "https://elsewhere.example")
                    .withHeader("Server", "the-tenants-own")
                    .withHeader("Cache-Control", "public, max-age=60")
                    .withHeader("ETag", "\"strong\"");
        }
        byte[] body = answer.getByteBody();
        String accepted = request.getHeader("Accept-Encoding");
        if (settings.compress && body != null && body.length > 0 && accepted != null && accepted.contains("gzip")) {
            edged.withHeader("Content-Encoding", "gzip").withBody(zipped(body));
        }
        return edged.build();
    }

    static byte[] zipped(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
