package io.qlikbridge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.qlikbridge.wire.RequestPermits.Share;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class HeldPermitTests {

    private final RequestPermits permits = new RequestPermits(new Capacity(12, 1, 1));
    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void signedInChangesThePlaceOfAStrangerForOneOfThoseWhoSignedIn() {
        HeldPermit place = HeldPermit.take(permits, Share.STRANGERS, request);

        assertThat(permits.enterNow(Share.STRANGERS)).isFalse();
        assertThat(HeldPermit.signedIn(request)).isTrue();

        assertThat(permits.enterNow(Share.STRANGERS)).isTrue();
        assertThat(permits.enterNow(Share.SIGNED_IN)).isFalse();
        place.giveBack();
        assertThat(permits.enterNow(Share.SIGNED_IN)).isTrue();
    }

    @Test
    void signedInWhenThereIsNoOtherPlaceKeepsNone() {
        HeldPermit place = HeldPermit.take(permits, Share.STRANGERS, request);
        assertThat(permits.enterNow(Share.SIGNED_IN)).isTrue();
        Thread.currentThread().interrupt();

        assertThat(HeldPermit.signedIn(request)).isFalse();

        assertThat(Thread.interrupted()).isTrue();
        place.giveBack();
        assertThat(permits.enterNow(Share.STRANGERS)).isTrue();
        assertThat(permits.enterNow(Share.STRANGERS)).isFalse();
    }

    @Test
    void signedInWhenTheRequestHasNoPlaceNeedsNone() {
        assertThat(HeldPermit.signedIn(request)).isTrue();
        assertThat(permits.enterNow(Share.SIGNED_IN)).isTrue();
    }
}
