import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report job: asks the bridge for a token of one user that lasts as long as the job, and lists the user's apps at the
 * tenant with it. Runs with {@code java ReportJob.java} on a JDK 17 or newer and nothing else.
 */
public class ReportJob {

    private static final String BRIDGE = setting("BRIDGE", "http://127.0.0.1:8080");
    private static final String CONNECTION = setting("CONNECTION", "main");
    private static final String MIN_VALIDITY = setting("MIN_VALIDITY", "PT2H");

    private static final int MOST_TRIES = 5;
    private static final int LONGEST_PAUSE = 60;
    private static final Pattern CURSOR = Pattern.compile("[?&]next=([^&#]*)");

    /** Whatever the locale, which is often none where jobs run. */
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    /** Follows no redirects: a token goes to the host it is for and nowhere else. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    public static void main(String[] arguments) throws Exception {
        try {
            Map<?, ?> lent = userToken(accessToken());
            printApps((String) lent.get("token"), (String) lent.get("host"));
        } catch (Refused refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        }
    }

    /** The job signs in at the bridge. The access token lasts for 15 minutes. */
    private static String accessToken() throws Exception {
        String client = encoded(setting("CLIENT_ID", null)) + ":" + encoded(setting("CLIENT_SECRET", null));
        String basic = Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
        Map<?, ?> answer = call(HttpRequest.newBuilder(URI.create(BRIDGE + "/oauth2/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=bridge.tokens")));
        return (String) answer.get("access_token");
    }

    /** The user's token, good for as long as the job will run, and the tenant it is for. */
    private static Map<?, ?> userToken(String accessToken) throws Exception {
        String wanted = "{\"user\": " + Json.quoted(setting("REPORT_USER", null))
                + ", \"minValidity\": " + Json.quoted(MIN_VALIDITY) + "}";
        return call(HttpRequest.newBuilder(
                        URI.create(BRIDGE + "/api/v1/connections/" + encoded(CONNECTION) + "/token"))
                .header("Authorization", "Bearer " + accessToken)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(wanted)));
    }

    /** All apps the user may see, page by page. */
    private static void printApps(String token, String host) throws Exception {
        String next = "";
        do {
            Map<?, ?> page = call(HttpRequest.newBuilder(
                            URI.create(host + "/api/v1/items?resourceType=app&limit=100" + next))
                    .header("Authorization", "Bearer " + token));
            for (Object each : (List<?>) page.get("data")) {
                Map<?, ?> app = (Map<?, ?>) each;
                OUT.println(app.get("resourceId") + "\t" + app.get("name"));
            }
            next = cursor(page);
        } while (!next.isEmpty());
    }

    /** Of the link to the next page only the cursor. */
    private static String cursor(Map<?, ?> page) {
        Map<?, ?> links = (Map<?, ?>) page.get("links");
        if (!(links.get("next") instanceof Map<?, ?> next) || !(next.get("href") instanceof String link)) {
            return "";
        }
        Matcher cursor = CURSOR.matcher(link);
        return cursor.find() ? "&next=" + cursor.group(1) : "";
    }

    /** What the answer's JSON says. Waits and asks again when told to (429 and 503 with Retry-After). */
    private static Map<?, ?> call(HttpRequest.Builder request) throws Exception {
        for (int tries = 1; ; tries++) {
            HttpResponse<String> answer =
                    HTTP.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return (Map<?, ?>) new Json(answer.body()).value();
            }
            String pause = answer.headers().firstValue("Retry-After").orElse("");
            boolean patient = (answer.statusCode() == 429 || answer.statusCode() == 503)
                    && pause.matches("\\d{1,4}")
                    && Integer.parseInt(pause) <= LONGEST_PAUSE;
            if (!patient || tries == MOST_TRIES) {
                throw new Refused(answer.body());
            }
            Thread.sleep(Duration.ofSeconds(Integer.parseInt(pause)).toMillis());
        }
    }

    private static String setting(String name, String otherwise) {
        String value = System.getenv().getOrDefault(name, otherwise);
        if (value == null) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Somebody said no, and why. */
    private static class Refused extends IOException {
        Refused(String answer) {
            super(answer);
        }
    }

    /** Reads JSON as maps, lists and texts. A program with a JSON library has no need of it. */
    private static class Json {

        private static final Pattern TOKEN =
                Pattern.compile("[\\[\\]{}:,]|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|[^\\s\\[\\]{}:,\"]++");
        private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)");

        private final Iterator<String> tokens;

        Json(String text) {
            tokens = TOKEN.matcher(text).results().map(MatchResult::group).iterator();
        }

        Object value() {
            return value(tokens.next());
        }

        private Object value(String token) {
            if (token.equals("{")) {
                Map<String, Object> object = new LinkedHashMap<>();
                for (String name = tokens.next(); !name.equals("}"); name = tokens.next()) {
                    if (!name.equals(",")) {
                        tokens.next(); // the colon
                        object.put(unquoted(name), value());
                    }
                }
                return object;
            }
            if (token.equals("[")) {
                List<Object> list = new ArrayList<>();
                for (String item = tokens.next(); !item.equals("]"); item = tokens.next()) {
                    if (!item.equals(",")) {
                        list.add(value(item));
                    }
                }
                return list;
            }
            return token.startsWith("\"") ? unquoted(token) : token;
        }

        static String quoted(String text) {
            return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }

        private static String unquoted(String text) {
            return ESCAPE.matcher(text.substring(1, text.length() - 1))
                    .replaceAll(escape -> Matcher.quoteReplacement(character(escape.group(1))));
        }

        private static String character(String escape) {
            return switch (escape.charAt(0)) {
                case 'u' -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
                case '/' -> "/";
                default -> ("\\" + escape).translateEscapes();
            };
        }
    }
}
