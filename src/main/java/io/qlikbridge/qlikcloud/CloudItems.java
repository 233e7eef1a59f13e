package io.qlikbridge.qlikcloud;

import io.qlikbridge.cloudcall.CloudCall;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.tenant.AppQuery;
import io.qlikbridge.tenant.Credential;
import io.qlikbridge.upstream.TenantCall;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Asks a tenant for items (contract, section 7.1). */
@Component
class CloudItems {

    /** Apps of whatever sub-type. */
    static final String APPS = "app";

    /** Apps without a sub-type. */
    static final String ORDINARY_APPS = "app[]";

    /**
     * One page of the credential's user's apps.
     *
     * @param type {@link #APPS} or {@link #ORDINARY_APPS}
     */
    TenantCall call(Connection connection, Credential credential, AppQuery query, String type) {
        UriComponentsBuilder uri = CloudCall.at(connection, "/api/v1/items")
                .queryParam("noActions", "true")
                .queryParam("limit", query.size());
        Map<String, Object> values = new HashMap<>();
        add(uri, values, "resourceType", type);
        if (!AppQuery.ANY_SUB_TYPE.equals(query.subType())) {
            add(uri, values, "resourceSubType", query.subType());
        }
        add(uri, values, "name", query.name());
        add(uri, values, "spaceId", query.space());
        add(uri, values, "sort", direction(query.sort()));
        add(uri, values, "next", query.after());
        return CloudCall.get(
                connection, "items", uri.encode().buildAndExpand(values).toUri(), CloudCall.showing(credential));
    }

    private static void add(UriComponentsBuilder uri, Map<String, Object> values, String name, @Nullable String value) {
        if (value != null) {
            uri.queryParam(name, "{" + name + "}");
            values.put(name, value);
        }
    }

    private static @Nullable String direction(@Nullable String sort) {
        return sort == null || sort.startsWith("-") ? sort : "+" + sort;
    }
}
