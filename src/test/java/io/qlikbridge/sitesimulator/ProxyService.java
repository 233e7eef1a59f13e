package io.qlikbridge.sitesimulator;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The proxy service's own calls, for who holds a client certificate: sessions, by virtual proxy. */
final class ProxyService {

    private static final Pattern SESSIONS = Pattern.compile("/qps/(?:([a-z0-9._~-]+)/)?session(?:/([^/]+))?");
    private static final Pattern USER = Pattern.compile("/qps/(?:([a-z0-9._~-]+)/)?user/([^/]+)/([^/]+)");

    private final SiteSettings settings;
    private final FrontProxy proxies;
    private final ProxySessions sessions;

    ProxyService(SiteSettings settings, FrontProxy proxies, ProxySessions sessions) {
        this.settings = settings;
        this.proxies = proxies;
        this.sessions = sessions;
    }

    SiteAnswer answer(SiteCall call) {
        XrfKey.check(call, settings);
        String path = call.path();
        Matcher of = SESSIONS.matcher(path);
        if (of.matches()) {
            VirtualProxy proxy = proxy(of.group(1));
            return of.group(2) == null ? list(call, proxy) : one(call, proxy, of.group(2));
        }
        Matcher user = USER.matcher(path);
        if (user.matches()) {
            return user(call, proxy(user.group(1)), new SiteUser(user.group(2), user.group(3)));
        }
        if (path.equals("/qps/alive") || path.equals("/qps/health") || path.equals("/qps/about")) {
            return SiteAnswer.json(Map.of("serviceName", "Proxy", "version", settings.buildVersion));
        }
        return SiteAnswer.empty(404);
    }

    private VirtualProxy proxy(String prefix) {
        return proxies.existing(prefix == null ? "" : prefix).orElseThrow(() -> SiteRefusal.of(404, ""));
    }

    private SiteAnswer list(SiteCall call, VirtualProxy proxy) {
        return call.method().equals("GET")
                ? SiteAnswer.json(shown(sessions.living().stream()
                        .filter(session -> session.proxy() == proxy)
                        .toList()))
                : SiteAnswer.empty(405);
    }

    private SiteAnswer one(SiteCall call, VirtualProxy proxy, String id) {
        ProxySession session = sessions.find(proxy, id).orElseThrow(() -> SiteRefusal.of(404, ""));
        if (call.method().equals("DELETE")) {
            sessions.end(other -> other == session);
        }
        return SiteAnswer.json(shown(session));
    }

    private SiteAnswer user(SiteCall call, VirtualProxy proxy, SiteUser user) {
        List<ProxySession> all = call.method().equals("DELETE")
                ? sessions.end(
                        session -> session.proxy() == proxy && session.user().equals(user))
                : sessions.of(user).stream()
                        .filter(session -> session.proxy() == proxy)
                        .toList();
        return SiteAnswer.json(shown(all));
    }

    private static List<Map<String, Object>> shown(List<ProxySession> all) {
        return all.stream().map(ProxyService::shown).toList();
    }

    private static Map<String, Object> shown(ProxySession session) {
        return Map.of(
                "UserDirectory", session.user().directory(),
                "UserId", session.user().id(),
                "Attributes", List.of(),
                "SessionId", session.id());
    }
}
