package io.qlikbridge.apps;

import io.qlikbridge.access.ActingFor;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.issuing.TenantAccess;
import io.qlikbridge.paging.Page;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.subject.Subjects;
import io.qlikbridge.tenant.App;
import io.qlikbridge.tenant.AppCatalog;
import io.qlikbridge.tenant.AppQuery;
import io.qlikbridge.tenant.Deployments;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The apps one user may see, as the tenant gives them to that very user. */
@RestController
class AppListController {

    private final Connections connections;
    private final Subjects subjects;
    private final TenantAccess access;
    private final Deployments deployments;

    AppListController(Connections connections, Subjects subjects, TenantAccess access, Deployments deployments) {
        this.connections = connections;
        this.subjects = subjects;
        this.access = access;
        this.deployments = deployments;
    }

    @GetMapping(DirectAppList.ROUTE)
    Page<App> list(@PathVariable ConnectionId connection, @ActingFor LocalUser user, HttpServletRequest request) {
        Connection known = connections.cached(connection);
        Subject subject = subjects.cached(known, user);
        AppCatalog catalog = deployments.of(known).catalog();
        AppQuery asked = AppQueries.of(request);
        return access.using(known, subject, caller -> catalog.apps(known, caller, asked));
    }
}
