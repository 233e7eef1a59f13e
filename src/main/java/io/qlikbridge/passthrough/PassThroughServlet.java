package io.qlikbridge.passthrough;

import io.qlikbridge.access.UserHeader;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.issuing.Leases;
import io.qlikbridge.issuing.TenantAccess;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.subject.Subjects;
import io.qlikbridge.tenant.ContentRelay;
import io.qlikbridge.tenant.ContentRelay.Route.Reader;
import io.qlikbridge.tenant.CredentialRefused;
import io.qlikbridge.tenant.Deployments;
import io.qlikbridge.tenant.RelayedAnswer;
import io.qlikbridge.tenant.RelayedRequest;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * {@code /qlik/{connection}/…}: reads a tenant as the user, so that Qlik's own clients work with the bridge as their host. A
 * plain servlet, since every one of those reads passes here.
 */
@Component
class PassThroughServlet extends HttpServlet {

    private static final String GET = "GET";

    private final transient Connections connections;
    private final transient UserHeader users;
    private final transient Subjects subjects;
    private final transient Leases leases;
    private final transient TenantAccess access;
    private final transient Deployments deployments;
    private final transient AllowLists allowLists;
    private final transient ProductInfos productInfos;
    private final transient PassedAnswer.MostUnpacked mostUnpacked;

    PassThroughServlet(
            Connections connections,
            UserHeader users,
            Subjects subjects,
            Leases leases,
            TenantAccess access,
            Deployments deployments,
            AllowLists allowLists,
            ProductInfos productInfos,
            PassedAnswer.MostUnpacked mostUnpacked) {
        this.connections = connections;
        this.users = users;
        this.subjects = subjects;
        this.leases = leases;
        this.access = access;
        this.deployments = deployments;
        this.allowLists = allowLists;
        this.productInfos = productInfos;
        this.mostUnpacked = mostUnpacked;
    }

    /** All methods: any but GET is nothing here, so there is nothing to say about which would be right. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PassedPath path = PassedPath.of(request.getRequestURI()
                        .substring(request.getContextPath().length()))
                .orElseThrow(PassThroughServlet::notFound);
        AllowList.Entry entry = allowLists
                .findAny(path)
                .filter(known -> request.getMethod().equals(GET))
                .orElseThrow(PassThroughServlet::notFound);
        // as a handler of Spring's has it, for whoever measures or observes requests by their route
        request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, entry.address());
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(context -> context.setPathPattern(entry.address()));
        PassedRequest.requirePlainRead(request);
        RelayedRequest passed = PassedRequest.of(request, path, allowLists.credentialParameters());
        ConnectionId id = connection(path);
        // whether the caller may act there comes first, so that who may not cannot tell whether there is such a
        // connection
        boolean open = entry.route().reader() == Reader.ANYBODY;
        LocalUser user = open ? null : users.actingFor(id, request);
        Connection connection = connections.cached(id);
        Reader reader = reader(connection, path);
        if (open != (reader == Reader.ANYBODY)) {
            throw notFound();
        }
        try (RelayedAnswer answer = user == null
                ? productInfos.of(connection, relay(connection), path.path())
                : asUser(connection, subjects.cached(connection, user), path, reader, passed)) {
            new PassedAnswer(
                            answer,
                            URI.create(connection.host() + passed.target()),
                            BridgeAddress.of(request, connection),
                            PassedRequest.acceptsGzip(request),
                            // of which every word may be an address that a web client loads
                            open ? JsonPath.Role.ADDRESS : JsonPath.Role.TEXT,
                            mostUnpacked)
                    .write(response);
        }
    }

    private RelayedAnswer asUser(
            Connection connection, Subject subject, PassedPath path, Reader reader, RelayedRequest passed) {
        if (reader == Reader.ONESELF
                && !leases.qlikUserId(connection, subject)
                        .filter(path.lastSegment()::equals)
                        .isPresent()) {
            throw notFound();
        }
        ContentRelay relay = relay(connection);
        try {
            return access.using(connection, subject, caller -> relay.get(connection, caller, passed));
        } catch (CredentialRefused refused) {
            // nor was another one accepted: it is the user that the tenant refuses
            return refused.answer();
        }
    }

    private ContentRelay relay(Connection connection) {
        return deployments.of(connection).relay().orElseThrow(PassThroughServlet::notFound);
    }

    /** Who may read it on this connection: another kind of deployment may have let the path pass. */
    private Reader reader(Connection connection, PassedPath path) {
        return allowLists
                .find(connection, path)
                .orElseThrow(PassThroughServlet::notFound)
                .route()
                .reader();
    }

    private static ConnectionId connection(PassedPath path) {
        try {
            return new ConnectionId(path.connection());
        } catch (IllegalArgumentException none) {
            throw notFound();
        }
    }

    private static BridgeException notFound() {
        return new BridgeException(
                ProblemCode.NOT_FOUND, "This is not passed on. The API's description lists the reads that are.");
    }
}
