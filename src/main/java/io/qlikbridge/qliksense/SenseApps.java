package io.qlikbridge.qliksense;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.paging.Page;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.UpstreamAnswer;
import io.qlikbridge.sitecall.SiteCalls;
import io.qlikbridge.sitecall.SiteReads;
import io.qlikbridge.tenant.ActingAs;
import io.qlikbridge.tenant.App;
import io.qlikbridge.tenant.AppCatalog;
import io.qlikbridge.tenant.AppQuery;
import io.qlikbridge.tenant.Refusal;
import io.qlikbridge.tenant.RelayedAnswer;
import io.qlikbridge.tenant.TenantException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.stereotype.Component;

/**
 * The app list out of what the hub shows to a user (contract, section C.2). A site gives all apps at once, in its own order: they are
 * read as they come, and of all of them no more is kept than the page that was asked for.
 */
@Component
class SenseApps implements AppCatalog {

    private static final String HUB = "/qrs/app/hublist/full";

    /** What older repositories have in its place: all that the user may read. */
    private static final String READABLE = "/qrs/app/full";

    private static final String OTHER_SERVER =
            "Check that host and port of the connection are those of the Qlik Sense site, and that nothing answers in its place.";

    private final SiteReads reads;

    SenseApps(SiteReads reads) {
        this.reads = reads;
    }

    @Override
    public Page<App> apps(Connection connection, ActingAs caller, AppQuery query) {
        AppPage page = AppPage.of(query);
        try (RelayedAnswer list = reads.document(connection, caller, HUB)
                .or(() -> reads.document(connection, caller, READABLE))
                .orElseThrow(() -> absent(connection))) {
            AppDocument.read(list.body(), page::add);
            return page.page();
        } catch (AppDocument.Malformed malformed) {
            throw unreadable(connection, malformed.why());
        } catch (IOException broken) {
            if (broken.getCause() instanceof TenantException told) {
                throw told;
            }
            throw new UncheckedIOException(broken);
        }
    }

    private static TenantException absent(Connection connection) {
        return new TenantException(
                ProblemCode.TENANT_REFUSED,
                Refusal.CALL,
                connection.host() + " answered 404 at the step " + SiteCalls.REPOSITORY + ": it has no list of apps.",
                OTHER_SERVER,
                new UpstreamAnswer(SiteCalls.REPOSITORY, 404, null, null, null),
                null,
                false,
                null);
    }

    private static TenantException unreadable(Connection connection, String why) {
        return new TenantException(
                ProblemCode.TENANT_ANSWER_UNREADABLE,
                Refusal.CALL,
                "The answer of " + connection.host() + " at the step " + SiteCalls.REPOSITORY + " cannot be read: "
                        + why + ".",
                OTHER_SERVER,
                new UpstreamAnswer(SiteCalls.REPOSITORY, null, null, null, null),
                null,
                false,
                null);
    }
}
