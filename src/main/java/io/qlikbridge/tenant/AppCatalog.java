package io.qlikbridge.tenant;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.paging.Page;

/** Lists the apps that a subject may see. */
public interface AppCatalog {

    /**
     * One page of apps, as the tenant gives it to this very subject.
     *
     * @throws TenantException that tells whether the tenant refused the credential itself
     */
    Page<App> apps(Connection connection, ActingAs caller, AppQuery query);
}
