package io.qlikbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A page as it was answered.
 *
 * @param address where it came from, after redirects
 */
public record ConsolePage(URI address, int status, HttpHeaders headers, String html, Document document) {

    /** What a person reads. */
    public String text() {
        return document.body().text();
    }

    public String title() {
        return document.title();
    }

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The same, if it has this status; shows what it was otherwise. */
    public ConsolePage expect(int expected) {
        assertThat(status).as("%s: %s", address, text()).isEqualTo(expected);
        return this;
    }

    /** The path and query, behind the host. */
    public String path() {
        return address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
    }

    /** What stands at a field as its error; empty for nothing. */
    public String errorAt(String field) {
        Element error = document.getElementById("e-" + field);
        return error == null ? "" : error.text();
    }

    /** The control that a label of this text is for. */
    public Element control(String label) {
        List<Element> labels = document.select("label").stream()
                .filter(each -> each.text().equals(label))
                .toList();
        assertThat(labels).as("labels \"%s\" in %s", label, text()).isNotEmpty();
        Element control = document.getElementById(labels.getFirst().attr("for"));
        assertThat(control).as("the control of \"%s\"", label).isNotNull();
        return control;
    }

    public Element link(String text) {
        return document.select("a").stream()
                .filter(each -> each.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No link \"" + text + "\" in " + text()));
    }

    /** The first form that has a button of this text. */
    public Element formOf(String button) {
        return document.select("form").stream()
                .filter(form -> form.select("button").stream()
                        .anyMatch(each -> each.text().equals(button)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No button \"" + button + "\" in " + text()));
    }
}
