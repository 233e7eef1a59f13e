package io.qlikbridge.sitesimulator;

/** The HTML that a site shows to browsers. */
final class Pages {

    private static final String STYLE =
            ".error-container { font-family: 'QlikView Sans', sans-serif; margin: 0 auto; }\n";

    private Pages() {}

    static SiteAnswer login() {
        return SiteAnswer.of(200, SiteAnswer.HTML, """
                <!DOCTYPE html>
                <html><head><title>Login</title></head>
                <body><form action="login" method="post"><input name="username"><input name="pwd" type="password"></form></body></html>
                """);
    }

    static SiteAnswer hub() {
        return SiteAnswer.of(
                200, SiteAnswer.HTML, "<!DOCTYPE html>\n<html><head><title>Hub</title></head><body></body></html>\n");
    }

    /** What a prefix gets that is not linked to the central proxy, or does not exist: large, and styled. */
    static SiteAnswer noSuchProxy() {
        return SiteAnswer.of(
                400,
                SiteAnswer.HTML,
                "<!DOCTYPE html>\n<html><head><title>Error 400</title><style>\n" + STYLE.repeat(400)
                        + "</style></head>\n<body><div class=\"error-container\"><h1>Error 400</h1>"
                        + "<p>The http request header is incorrect</p></div></body></html>\n");
    }

    static SiteAnswer badGateway() {
        return SiteAnswer.of(502, SiteAnswer.HTML, "<html><body><h1>502 Bad Gateway</h1></body></html>\n");
    }
}
