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
    private final transient ProductInfos productInfos;

    PassThroughServlet(
            Connections connections,
            UserHeader users,
            Subjects subjects,
            Leases leases,
            TenantAccess access,
            Deployments deployments,
            ProductInfos productInfos) {
        this.connections = connections;
        this.users = users;
        this.subjects = subjects;
        this.leases = leases;
        this.access = access;
        this.deployments = deployments;
        this.productInfos = productInfos;
    }

    /** All methods: any but GET is nothing here, so there is nothing to say about which would be right. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PassedPath path = allowed(request);
        // as a handler of Spring's has it, for whoever measures or observes requests by their route
        request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, path.route());
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(context -> context.setPathPattern(path.route()));
        PassedRequest.requirePlainRead(request);
        RelayedRequest passed = PassedRequest.of(request, path);
        ConnectionId id = connection(path);
        // whether the caller may act there comes first, so that who may not cannot tell whether there is such a
        // connection
        LocalUser user = path.isProductInfo() ? null : users.actingFor(id, request);
        Connection connection = connections.cached(id);
        try (RelayedAnswer answer = user == null
                ? productInfos.of(connection, relay(connection))
                : asUser(connection, subjects.cached(connection, user), path, passed)) {
            new PassedAnswer(
                            answer,
                            URI.create(connection.host() + passed.target()),
                            BridgeAddress.of(request, connection),
                            PassedRequest.acceptsGzip(request),
                            // of which every word may be an address that a web client loads
                            path.isProductInfo() ? JsonPath.Role.ADDRESS : JsonPath.Role.TEXT)
                    .write(response);
        }
    }

    private RelayedAnswer asUser(Connection connection, Subject subject, PassedPath path, RelayedRequest passed) {
        if (path.user() != null
                && !leases.qlikUserId(connection, subject)
                        .filter(path.user()::equals)
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

    private static PassedPath allowed(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return PassedPath.of(path)
                .filter(known -> request.getMethod().equals(GET))
                .orElseThrow(PassThroughServlet::notFound);
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
                ProblemCode.NOT_FOUND,
                "This is not passed on. Reads of items, apps, spaces and oneself are; the API's description lists them.");
    }
}
