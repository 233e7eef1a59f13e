package io.qlikbridge.simulator;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the tenant answered to a test. */
record Reply(int status, HttpResponse<String> http) {

    JsonNode json() {
        return JsonMapper.shared().readTree(http.body());
    }

    String code() {
        return json().at("/errors/0/code").asString();
    }

    String detail() {
        return json().at("/errors/0/detail").asString();
    }

    String header(String name) {
        return http.headers().firstValue(name).orElseThrow();
    }

    List<String> names() {
        return json().path("data")
                .valueStream()
                .map(item -> item.path("name").asString())
                .toList();
    }

    /** The cookies it sets, as name and value. */
    Map<String, String> cookies() {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String cookie : http.headers().allValues("Set-Cookie")) {
            String pair = cookie.substring(0, cookie.indexOf(';'));
            cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return cookies;
    }

    /** Headers that send the session's cookies back, and its CSRF token. */
    String[] session() {
        String cookie = cookies().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("; "));
        return new String[] {"Cookie", cookie, "qlik-csrf-token", cookies().getOrDefault("_csrfToken", "")};
    }
}
