package io.qlikbridge.tenant;

import java.util.List;

/** Tenants for tests that have no context. */
public final class TestTenants {

    private TestTenants() {}

    /** Tenants that can be told to end credentials, and nothing else. */
    public static Tenants ending(CredentialRevoker revoker) {
        return new Tenants(List.of(), List.of(revoker), List.of(), List.of(), List.of(), List.of());
    }

    /** Tenants that can be read as they are, and nothing else. */
    public static Tenants relayed(ContentRelay relay) {
        return new Tenants(List.of(), List.of(), List.of(), List.of(), List.of(relay), List.of());
    }
}
