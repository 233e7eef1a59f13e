package io.qlikbridge.sitecall;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class SiteReplyTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "User LAB\\eve not found",
                "Unknown user",
                "The user does not exist",
                "invalid user: eve",
                "user 'eve' is not known to this site"
            })
    void refusalThatNamesAnUnknownUserIsToldFromOthers(String said) {
        assertThat(reply(400, said).namesUnknownUser()).isTrue();
        assertThat(reply(200, said).namesUnknownUser()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Forbidden", "Cannot parse the expression: x", "Missing parameter value(s)", ""})
    void refusalOfAnythingElseNamesNoUser(String said) {
        assertThat(reply(403, said).namesUnknownUser()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "  \r\n<!DOCTYPE html>", "\uFEFF<html>"})
    void pageIsOneWhateverItCallsItself(String beginning) {
        assertThat(reply(200, beginning).isPage()).isTrue();
        assertThat(reply(200, beginning).isSignIn()).isTrue();
        assertThat(reply(404, beginning).isSignIn()).isFalse();
    }

    private static SiteReply reply(int status, String beginning) {
        return new SiteReply(status, null, beginning, new HttpHeaders());
    }
}
