package io.qlikbridge.connectionadmin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;

class ConnectionPropertiesTests {

    private final ApplicationContextRunner context = new ApplicationContextRunner().withUserConfiguration(Bound.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ConnectionProperties.class)
    static class Bound {}

    @Test
    void allowedHostsWhenNotSetAreThoseOfQlikCloud() {
        context.run(started -> assertThat(
                        started.getBean(ConnectionProperties.class).allowedHosts())
                .containsExactly(
                        new AllowedHost("https", ".qlikcloud.com"), new AllowedHost("https", ".qlikcloudgov.com")));
    }

    @Test
    void allowedHostsWhenSetAsOneTextAreItsEntries() {
        context.withPropertyValues(
                        "bridge.connections.allowed-hosts=.Qlik.Example, qlik.example.org,http://127.0.0.1,[::1],http://[::1]")
                .run(started -> assertThat(
                                started.getBean(ConnectionProperties.class).allowedHosts())
                        .containsExactly(
                                new AllowedHost("https", ".qlik.example"),
                                new AllowedHost("https", "qlik.example.org"),
                                new AllowedHost("http", "127.0.0.1"),
                                new AllowedHost("https", "[::1]"),
                                new AllowedHost("http", "[::1]")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://.x",
                "*",
                "*.qlikcloud.com",
                "https://qlik.example.org",
                "qlik.example.org:8443",
                "a/b",
                ".",
                "..com",
                "::1",
                "user@qlik.example.org",
                "qlik.example.org.",
                ".a.com?",
                "a b",
                "http://",
                "ftp://a",
                "qlik_1.example.org",
                "http://127.0.0.1/",
                "täst.example"
            })
    void startWhenAnEntryIsNotAHostSaysWhichAndHowToWriteIt(String entry) {
        context.withPropertyValues("bridge.connections.allowed-hosts=.qlikcloud.com," + entry)
                .run(started -> assertThat(describe(started.getStartupFailure()))
                        .contains("bridge.connections.allowed-hosts")
                        .contains("'" + entry + "'"));
    }

    private static String describe(Throwable failure) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, (type, name, cause) -> {})
                .stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(analysis -> analysis != null)
                .map(FailureAnalysis::getDescription)
                .findFirst()
                .orElseThrow();
    }
}
