package io.qlikbridge.sitesimulator;

/** Ends a request with this answer. */
final class SiteRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient SiteAnswer answer;

    SiteRefusal(SiteAnswer answer) {
        super("A site refuses with " + answer.status(), null, false, false);
        this.answer = answer;
    }

    static SiteRefusal of(int status, String text) {
        return new SiteRefusal(
                text.isEmpty() ? SiteAnswer.empty(status) : SiteAnswer.of(status, SiteAnswer.TEXT, text));
    }

    SiteAnswer answer() {
        return answer;
    }
}
