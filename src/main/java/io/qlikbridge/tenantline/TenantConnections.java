package io.qlikbridge.tenantline;

import io.netty.channel.EventLoop;
import io.qlikbridge.eventloop.Transport;
import io.qlikbridge.proxy.ForwardProxies;
import io.qlikbridge.transport.HttpClientPool;
import io.qlikbridge.transport.TenantProperties;
import org.springframework.stereotype.Component;

/** How event loops connect to tenants: to the same addresses, with the same trust and in the same time as everybody else. */
@Component
public class TenantConnections {

    private final HttpClientPool trust;
    private final ForwardProxies proxies;
    private final TenantNames names;
    private final TenantProperties properties;

    TenantConnections(HttpClientPool trust, ForwardProxies proxies, TenantNames names, TenantProperties properties) {
        this.trust = trust;
        this.proxies = proxies;
        this.names = names;
        this.properties = properties;
    }

    /** The connections of one event loop. */
    public TenantLines of(EventLoop loop, Transport transport) {
        return new TenantLines(loop, transport, this);
    }

    HttpClientPool trust() {
        return trust;
    }

    ForwardProxies proxies() {
        return proxies;
    }

    TenantNames names() {
        return names;
    }

    TenantProperties properties() {
        return properties;
    }
}
