package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request that reached the tenant, whatever came of it.
 *
 * @param url path and query as sent
 * @param headers by name in any case, in the order sent
 */
public record Call(String method, String url, Map<String, List<String>> headers, String body) {

    static Call of(Request request) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (HttpHeader header : request.getHeaders().all()) {
            headers.put(header.key(), List.copyOf(header.values()));
        }
        return new Call(request.getMethod().getName(), request.getUrl(), headers, request.getBodyAsString());
    }

    public String path() {
        return Incoming.pathOf(url);
    }

    /** The first header of this name. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The decoded query parameter of this name. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(Incoming.queryOf(url).get(name));
    }

    /** Without headers and body, which hold tokens. */
    @Override
    public String toString() {
        return method + " " + url;
    }
}
