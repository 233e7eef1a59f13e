package io.qlikbridge.tenant;

import java.util.List;

/** Tenants for tests that have no context. */
public final class TestTenants {

    private TestTenants() {}

    /** Tenants that can be told to end credentials, and nothing else. */
    public static Tenants ending(CredentialRevoker revoker) {
        return new Tenants(List.of(), List.of(revoker), List.of(), List.of(), List.of(), List.of());
    }
}
