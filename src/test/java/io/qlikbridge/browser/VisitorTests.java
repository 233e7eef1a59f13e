package io.qlikbridge.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tests in a browser rest on: that the browser's complaints reach them. */
@BrowserTest
class VisitorTests {

    private static final Map<String, String> PAGES = Map.of(
            "/good", "<main><h1>Good</h1><label>Name <input></label></main>",
            "/script", "<main><h1>Script</h1></main><script src=/throws.js></script>",
            "/inline", "<main><h1>Inline</h1></main><script>document.title = 'run'</script>",
            "/style", "<main><h1 style='color: red'>Style</h1></main>",
            "/foreign", "<main><h1>Foreign</h1><img alt='' src=http://localhost:9/picture></main>",
            "/absent", "<main><h1>Absent</h1><img alt='' src=/nothing></main>",
            "/unlabelled", "<main><h1>Unlabelled</h1><input></main>",
            "/too-wide", "<main><h1 class=too-wide>Wide</h1></main><link rel=stylesheet href=/too-wide.css>");

    private static HttpServer server;

    @BeforeAll
    static void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", VisitorTests::answer);
        server.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/favicon.ico")) {
                // browsers ask for it of their own accord, or not
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            String page = PAGES.get(path);
            String body = switch (path) {
                case "/throws.js" -> "null.length";
                case "/too-wide.css" -> ".too-wide { width: 2000px }";
                default -> "<!DOCTYPE html><html lang=en><head><title>T</title></head><body>" + page + "</body></html>";
            };
            String type = path.endsWith(".js") ? "text/javascript" : path.endsWith(".css") ? "text/css" : "text/html";
            exchange.getResponseHeaders().add("Content-Type", type + "; charset=utf-8");
            exchange.getResponseHeaders()
                    .add("Content-Security-Policy", "default-src 'self'; img-src 'self' http://localhost:9");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(page == null && type.equals("text/html") ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void leaveOfAGoodPageTellsOfNothing(Visitors visitors) {
        Visitor visitor = visitors.at(url()).open("/good").fill("Name", "ada");

        Look.all(visitor, "good");

        assertThat(visitor.acts()).isEqualTo(1);
        assertThat(visitor.leave()).isEmpty();
        assertThat(Look.NARROW_DARK.picture("good")).isNotEmptyFile();
    }

    @ParameterizedTest
    @CsvSource({
        "/script, Script: TypeError",
        "/inline, Content Security Policy",
        "/style, Content Security Policy",
        "/foreign, Another origin: http://localhost:9/picture",
        "/absent, Status 404: "
    })
    void leaveOfABadPageTellsWhatIsWrong(String path, String complaint, Visitors visitors) {
        Visitor visitor = visitors.at(url()).open(path);

        assertThat(visitor.leave()).anySatisfy(told -> assertThat(told).contains(complaint));
        visitor.forgive();
    }

    @ParameterizedTest
    @CsvSource({"/unlabelled, Form elements must have labels", "/too-wide, is too wide"})
    void lookAtAPageThatIsHardToUseFails(String path, String reason, Visitors visitors) {
        Visitor visitor = visitors.at(url()).open(path);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Look.all(visitor, "bad"))
                .withMessageContaining(reason);
    }

    @Test
    void pageWithoutJavaScriptRunsNone(Visitors visitors) {
        Visitor visitor = visitors.withoutJavaScript(url()).open("/script");

        assertThat(visitor.leave()).isEmpty();
    }
}
