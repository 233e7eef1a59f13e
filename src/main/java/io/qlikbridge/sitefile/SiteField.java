package io.qlikbridge.sitefile;

/** Where a file stands in an upload. */
enum SiteField {
    PFX("pfx", "client.pfx"),
    CLIENT("client", "client.pem"),
    CLIENT_KEY("clientKey", "client_key.pem"),
    ROOT("root", "root.cer or root.pem");

    private final String field;
    private final String file;

    SiteField(String field, String file) {
        this.field = field;
        this.file = file;
    }

    /** The field's name. */
    String field() {
        return field;
    }

    /** What a site calls the file that belongs there. */
    String file() {
        return file;
    }
}
