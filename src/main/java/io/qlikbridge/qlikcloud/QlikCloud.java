package io.qlikbridge.qlikcloud;

import io.qlikbridge.cloudsettings.CloudSettings;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionType;
import io.qlikbridge.directread.DirectCalls;
import io.qlikbridge.probe.ConnectionProbe;
import io.qlikbridge.received.CopiedJson;
import io.qlikbridge.tenant.ActingAs;
import io.qlikbridge.tenant.AppCatalog;
import io.qlikbridge.tenant.AppQuery;
import io.qlikbridge.tenant.ContentRelay;
import io.qlikbridge.tenant.CredentialIssuer;
import io.qlikbridge.tenant.Deployment;
import io.qlikbridge.tenant.RelayedRequest;
import io.qlikbridge.upstream.TenantCall;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Qlik Cloud: issues API keys, and does all that a deployment can. */
@Component
class QlikCloud implements Deployment, DirectCalls {

    private static final byte[] EXAMPLE = examplePageOf(20);

    private final CloudTenant issuer;
    private final CloudApps catalog;
    private final CloudRelay relay;
    private final CloudProbe probe;
    private final CloudItems items;

    QlikCloud(CloudTenant issuer, CloudApps catalog, CloudRelay relay, CloudProbe probe, CloudItems items) {
        this.issuer = issuer;
        this.catalog = catalog;
        this.relay = relay;
        this.probe = probe;
        this.items = items;
    }

    @Override
    public ConnectionType type() {
        return CloudSettings.TYPE;
    }

    @Override
    public AppCatalog catalog() {
        return catalog;
    }

    @Override
    public ConnectionProbe probe() {
        return probe;
    }

    @Override
    public Optional<CredentialIssuer> issuer(Connection connection) {
        return Optional.of(issuer);
    }

    @Override
    public Optional<ContentRelay> relay() {
        return Optional.of(relay);
    }

    @Override
    public TenantCall relayed(Connection connection, ActingAs caller, RelayedRequest request) {
        return CloudRelay.call(connection, caller, request);
    }

    @Override
    public TenantCall apps(Connection connection, ActingAs caller, AppQuery query) {
        String type = query.subType() == null ? CloudItems.ORDINARY_APPS : CloudItems.APPS;
        TenantCall call = items.call(connection, caller.requireCredential(), query, type);
        call.headers().set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
        call.headers().set(HttpHeaders.ACCEPT_ENCODING, "gzip");
        return call;
    }

    @Override
    public boolean writeApps(byte[] bytes, int length, AppQuery query, OutputStream out) throws IOException {
        CopiedJson list = AppScan.list(bytes, 0, length, query.subType());
        if (list == null) {
            return false;
        }
        out.write(list.bytes(), 0, list.length());
        return true;
    }

    @Override
    public byte[] examplePage() {
        return EXAMPLE;
    }

    /** As the contract has it, section 7.1. */
    private static byte[] examplePageOf(int items) {
        String item = """
                {"id":"65a1b2c3d4e5f6a7b8c9d0e1","name":"An app","description":"","resourceType":"app",
                "resourceId":"0f0e0d0c-0b0a-4908-8706-050403020100","spaceId":"65a1b2c3d4e5f6a7b8c9d0e2",
                "ownerId":"65a1b2c3d4e5f6a7b8c9d0e3","resourceCreatedAt":"2026-01-02T03:04:05.678Z",
                "resourceUpdatedAt":"2026-01-02T03:04:05.678Z","createdAt":"2026-01-02T03:04:05Z",
                "updatedAt":"2026-01-02T03:04:05Z","isFavorited":false,"collectionIds":[],
                "resourceAttributes":{"published":true,"size":1048576},"actions":["read","update"],
                "meta":{"tags":[],"actions":["read"]},
                "links":{"self":{"href":"https://tenant.example.org/api/v1/items/65a1b2c3d4e5f6a7b8c9d0e1"}}}
                """.replace("\n", "");
        return ("{\"links\":{\"self\":{\"href\":\"https://tenant.example.org/api/v1/items?limit=20\"}},\"data\":["
                        + String.join(",", Collections.nCopies(items, item)) + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
