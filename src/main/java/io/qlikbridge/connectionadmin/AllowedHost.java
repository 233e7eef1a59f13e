package io.qlikbridge.connectionadmin;

import io.qlikbridge.connection.ServerAddress;

/**
 * Where connections may lead: one entry of {@code bridge.connections.allowed-hosts}.
 *
 * @param scheme the only one allowed
 * @param name a host name, or the end of one, with its dot
 */
record AllowedHost(String scheme, String name) {

    private static final String HTTP = "http://";

    /**
     * Reads {@code .qlikcloud.com} (https on port 443, any name below it), {@code qlik.example.org} (https, that name, any
     * port) or {@code http://127.0.0.1} (plain http, that name, any port). Public for Spring's binder, which looks for it.
     *
     * @throws IllegalArgumentException that says how to write the entry
     */
    public static AllowedHost of(String entry) {
        boolean plain = entry.startsWith(HTTP);
        String name = plain ? entry.substring(HTTP.length()) : entry;
        if (plain && name.startsWith(".")) {
            throw new IllegalArgumentException(
                    "'" + entry + "' would allow plain http to many hosts. Name each of them: http://qlik.example.org");
        }
        String whole = name.startsWith(".") ? "below" + name : name;
        try {
            ServerAddress address = ServerAddress.of("https://" + whole);
            if (address.hasDefaultPort() && address.toString().equalsIgnoreCase("https://" + whole)) {
                return new AllowedHost(
                        plain ? "http" : "https", address.name().substring(whole.length() - name.length()));
            }
        } catch (IllegalArgumentException notAName) {
            // answered below, as any other entry that is more or less than a name
        }
        throw new IllegalArgumentException(
                "'" + entry + "' is not an allowed host. Write .qlikcloud.com (https, any name"
                        + " below it), qlik.example.org (https, that name) or http://127.0.0.1 (plain http, that name); no port,"
                        + " no path, no *, an IPv6 address in brackets");
    }

    boolean admits(ServerAddress host) {
        if (!host.scheme().equals(scheme)) {
            return false;
        }
        if (name.startsWith(".")) {
            return host.name().endsWith(name) && host.hasDefaultPort();
        }
        return host.name().equals(name);
    }

    @Override
    public String toString() {
        return scheme.equals("http") ? HTTP + name : name;
    }
}
