package io.qlikbridge.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a browser has complained of: errors of scripts and of the console, where a Content-Security-Policy that is violated is
 * told as well, whatever could not be loaded, failures of the bridge, and requests to other origins.
 */
final class Complaints {

    /** So the console begins about every answer from 400 on. */
    private static final String UNLOADED = "Failed to load resource";

    private final Set<String> origins = new HashSet<>();
    private final Set<String> pages = new HashSet<>();
    private final List<ConsoleMessage> messages = new ArrayList<>();
    private final List<String> others = new ArrayList<>();

    private Complaints() {}

    static Complaints of(BrowserContext browser, String origin) {
        Complaints complaints = new Complaints();
        complaints.allow(origin);
        browser.onConsoleMessage(complaints.messages::add);
        browser.onWebError(error -> complaints.others.add("Script: " + error.error()));
        browser.onRequest(complaints::asked);
        browser.onResponse(complaints::answered);
        return complaints;
    }

    /** Requests may go there, too. */
    void allow(String url) {
        origins.add(origin(url));
    }

    private void asked(Request request) {
        String url = request.url();
        if (url.startsWith("http") && !origins.contains(origin(url))) {
            others.add("Another origin: " + url);
        }
    }

    private void answered(Response response) {
        boolean page = response.request().isNavigationRequest();
        if (page) {
            pages.add(response.url());
        }
        if (response.status() >= (page ? 500 : 400)) {
            others.add("Status " + response.status() + ": " + response.url());
        }
    }

    List<String> all() {
        List<String> all = new ArrayList<>(others);
        messages.stream()
                .filter(message ->
                        message.type().equals("error") || message.type().equals("warning"))
                // a page that refuses a form is a page
                .filter(message -> !message.text().startsWith(UNLOADED) || !pages.contains(place(message)))
                .map(message -> "Console: " + message.text() + " at " + message.location())
                .forEach(all::add);
        return all;
    }

    void forget() {
        messages.clear();
        others.clear();
    }

    /** Without the line and the column that follow. */
    private static String place(ConsoleMessage message) {
        return message.location().replaceFirst(":\\d+:\\d+$", "");
    }

    private static String origin(String url) {
        URI uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getAuthority();
    }
}
