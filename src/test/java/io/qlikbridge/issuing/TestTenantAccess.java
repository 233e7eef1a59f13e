package io.qlikbridge.issuing;

import io.qlikbridge.tenant.Deployments;

/** Access to tenants for tests that have no context. */
public final class TestTenantAccess {

    private TestTenantAccess() {}

    /** To deployments that issue nothing. */
    public static TenantAccess withoutLeases(Deployments deployments) {
        return new TenantAccess(deployments, null);
    }
}
