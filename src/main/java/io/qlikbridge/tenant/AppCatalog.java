package io.qlikbridge.tenant;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.paging.Page;

/** Lists the apps that a credential's user may see. */
public interface AppCatalog extends ForConnectionType {

    /**
     * One page of apps, as the tenant gives it to this very user.
     *
     * @throws TenantException that tells whether the tenant refused the credential itself
     */
    Page<App> apps(Connection connection, Credential credential, AppQuery query);
}
