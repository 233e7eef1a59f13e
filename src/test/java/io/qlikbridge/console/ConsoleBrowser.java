package io.qlikbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.Product;
import io.qlikbridge.TestTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A browser without scripts: it keeps cookies, follows redirects, and sends forms with what their fields hold. */
public final class ConsoleBrowser {

    private final String base;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(TestTls.trustingAnybody())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .cookieHandler(cookies)
            .build();

    /** @param base of a bridge, such as {@code http://127.0.0.1:8080} */
    public ConsoleBrowser(String base) {
        this.base = base;
    }

    /** One of the admin of the shared bridge. */
    public static ConsoleBrowser ofAdmin() {
        return ofAdmin(Product.shared());
    }

    public static ConsoleBrowser ofAdmin(Product bridge) {
        return signedIn(bridge.url(), "admin", Product.ADMIN_SECRET);
    }

    public static ConsoleBrowser signedIn(String base, String clientId, String secret) {
        ConsoleBrowser browser = new ConsoleBrowser(base);
        ConsolePage page = browser.signIn(clientId, secret);
        assertThat(page.path()).as(page.text()).doesNotContain("/console/sign-in");
        return browser;
    }

    /** What comes of signing in. */
    public ConsolePage signIn(String clientId, String secret) {
        return submit(page("/console/sign-in"), "Sign in", Map.of("clientId", clientId, "clientSecret", secret));
    }

    public ConsolePage page(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)));
    }

    /** Follows a link of this text. */
    public ConsolePage follow(ConsolePage page, String link) {
        return send(
                HttpRequest.newBuilder(page.address().resolve(page.link(link).attr("href"))));
    }

    /** Sends the form that has a button of this text, with some fields filled in; a field that it does not have is an error. */
    public ConsolePage submit(ConsolePage page, String button, Map<String, String> fields) {
        return submit(page, page.formOf(button), button, fields, Map.of());
    }

    /** The same with files, by name of the field: text that goes up under the name {@code upload}. */
    public ConsolePage submit(ConsolePage page, String button, Map<String, String> fields, Map<String, byte[]> files) {
        return submit(page, page.formOf(button), button, fields, files);
    }

    public ConsolePage submit(
            ConsolePage page, Element form, String button, Map<String, String> fields, Map<String, byte[]> files) {
        for (String name : fields.keySet()) {
            assertThat(form.select("[name]").eachAttr("name"))
                    .as("fields of the form of \"%s\"", button)
                    .contains(name);
        }
        List<Map.Entry<String, String>> sent = new ArrayList<>();
        for (Element control : form.select("input[name], select[name], textarea[name]")) {
            String name = control.attr("name");
            if (control.hasAttr("disabled") || control.attr("type").equals("file")) {
                continue;
            }
            if (fields.containsKey(name)
                    && !control.attr("type").equals("checkbox")
                    && !control.attr("type").equals("radio")) {
                sent.add(Map.entry(name, fields.get(name)));
            } else if (control.attr("type").equals("checkbox")
                    || control.attr("type").equals("radio")) {
                String value = control.hasAttr("value") ? control.attr("value") : "on";
                boolean checked = fields.containsKey(name)
                        ? List.of(fields.get(name).split("\n")).contains(value)
                        : control.hasAttr("checked");
                if (checked) {
                    sent.add(Map.entry(name, value));
                }
            } else if (control.is("select")) {
                Element chosen = control.selectFirst("option[selected]");
                Element option = chosen == null ? control.selectFirst("option") : chosen;
                if (option != null) {
                    sent.add(Map.entry(name, option.hasAttr("value") ? option.attr("value") : option.text()));
                }
            } else if (control.is("textarea")) {
                sent.add(Map.entry(name, control.wholeText()));
            } else {
                sent.add(Map.entry(name, control.attr("value")));
            }
        }
        form.select("button[name]").stream()
                .filter(each -> each.text().equals(button))
                .findFirst()
                .ifPresent(each -> sent.add(Map.entry(each.attr("name"), each.attr("value"))));
        Element pressed = form.select("button").stream()
                .filter(each -> each.text().equals(button))
                .findFirst()
                .orElse(form);
        String action = pressed.hasAttr("formaction") ? pressed.attr("formaction") : form.attr("action");
        URI address = action.isEmpty() ? page.address() : page.address().resolve(action);
        if (!form.attr("method").equalsIgnoreCase("post")) {
            return send(HttpRequest.newBuilder(URI.create(address.toString().split("\\?")[0] + "?" + encoded(sent))));
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).header("Origin", address.getScheme() + "://" + address.getAuthority());
        return form.attr("enctype").equals("multipart/form-data")
                ? send(multipart(request, sent, files))
                : send(request.header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(encoded(sent))));
    }

    /** Sends whatever is asked for, with the cookies of this browser. */
    public ConsolePage send(HttpRequest.Builder request) {
        try {
            request.setHeader("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
            HttpResponse<String> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            Document document = Jsoup.parse(answer.body(), answer.uri().toString());
            return new ConsolePage(answer.uri(), answer.statusCode(), answer.headers(), answer.body(), document);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    public URI address(String path) {
        return URI.create(base + path);
    }

    public CookieManager cookies() {
        return cookies;
    }

    private static HttpRequest.Builder multipart(
            HttpRequest.Builder request, List<Map.Entry<String, String>> fields, Map<String, byte[]> files) {
        String boundary = "----a-browser-without-scripts";
        List<byte[]> parts = new ArrayList<>();
        for (Map.Entry<String, String> field : fields) {
            parts.add(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field.getKey() + "\"\r\n\r\n"
                            + field.getValue() + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        files.forEach((name, content) -> {
            parts.add(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name
                            + "\"; filename=\"upload\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            parts.add(content);
            parts.add("\r\n".getBytes(StandardCharsets.UTF_8));
        });
        parts.add(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return request.header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArrays(parts));
    }

    private static String encoded(List<Map.Entry<String, String>> fields) {
        return fields.stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
