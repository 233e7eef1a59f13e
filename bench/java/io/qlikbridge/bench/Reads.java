package io.qlikbridge.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is asked of a bridge over and over: the items of a tenant, passed through, and the list of apps that is made of them.
 * They are asked for with one access token, which is good for 15 minutes.
 *
 * @param name of the bridge, where there are several
 */
record Reads(Bridge bridge, String name) {

    static final String ITEMS = "/api/v1/items?resourceType=app&limit=20";

    /** Both, for the users {@code u0} to before {@code u<users>} in turn. */
    List<Target> all(int users) {
        return List.of(passThrough().again(users), appLists(0).again(users));
    }

    /** The app list of each user from {@code u<first>} on, in turn. */
    Target appLists(int first) {
        String token = bridge.clientToken();
        String apps = "/api/v1/connections/" + Bridge.CONNECTION + "/apps?user=u";
        Http.Answer answer = Http.get(bridge.url() + apps + first, token).require(200);
        if (answer.json().path("items").size() != ItemsPage.ITEMS) {
            throw new IllegalStateException("An app list of another length: " + answer.body());
        }
        return new Target(
                name + ", app list",
                bridge.program(),
                bridge.port(),
                number -> Target.request(bridge.port(), apps + (first + number), authorization(token)),
                length(answer));
    }

    /** The items of each user in turn. */
    Target passThrough() {
        String token = bridge.clientToken();
        String items = "/qlik/" + Bridge.CONNECTION + ITEMS;
        Http.Answer answer = Http.send(Http.request(bridge.url() + items, token)
                        .header("X-Bridge-User", "u0")
                        .GET())
                .require(200);
        return new Target(
                name + ", pass-through",
                bridge.program(),
                bridge.port(),
                number -> Target.request(bridge.port(), items, authorization(token), user(number)),
                length(answer));
    }

    /** The same items for as many users, asked of another program in the bridge's place. */
    Target through(Proxy proxy, int users) {
        String token = bridge.clientToken();
        return new Target(
                        proxy.name(),
                        proxy.program(),
                        proxy.port(),
                        number -> Target.request(proxy.port(), ITEMS, authorization(token), user(number)),
                        ItemsPage.BYTES)
                .again(users);
    }

    private static String authorization(String token) {
        return "Authorization: Bearer " + token;
    }

    private static String user(int number) {
        return "X-Bridge-User: u" + number;
    }

    private static int length(Http.Answer answer) {
        return answer.body().getBytes(StandardCharsets.UTF_8).length;
    }
}
