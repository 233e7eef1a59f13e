package io.qlikbridge.forwarded;

import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Valve;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Has proxies believed how callers came, where {@code server.forward-headers-strategy} has Tomcat believe them at all. Behind
 * Boot's own settings, which add Tomcat's valve.
 */
@Component
@Order(1)
class CallerAddresses implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final KnownOrigins origins;

    CallerAddresses(KnownOrigins origins) {
        this.origins = origins;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setEngineValves(around(new ArrayList<>(factory.getEngineValves()), origins));
    }

    /** The same valves, with ours directly before and behind Tomcat's where it is among them. */
    static List<Valve> around(List<Valve> valves, KnownOrigins origins) {
        List<Valve> all = new ArrayList<>();
        for (Valve valve : valves) {
            if (valve instanceof RemoteIpValve trust) {
                all.addAll(
                        List.of(new ForwardedForValve(trust, origins), trust, new CallerAddressValve(trust, origins)));
            } else {
                all.add(valve);
            }
        }
        return all;
    }
}
