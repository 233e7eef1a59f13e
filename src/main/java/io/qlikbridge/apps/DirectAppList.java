package io.qlikbridge.apps;

import io.qlikbridge.access.ActingUsers;
import io.qlikbridge.access.CallersInMemory;
import io.qlikbridge.client.Scope;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.directread.AnswerForm;
import io.qlikbridge.directread.AskedRead;
import io.qlikbridge.directread.DirectCalls;
import io.qlikbridge.directread.DirectRead;
import io.qlikbridge.directread.ReadyRead;
import io.qlikbridge.http1.AnswerHead;
import io.qlikbridge.issuing.TenantAccess;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.subject.Subjects;
import io.qlikbridge.tenant.ActingAs;
import io.qlikbridge.tenant.AppQuery;
import io.qlikbridge.transport.Unpacked;
import io.qlikbridge.upstream.TenantCall;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The app list of a user whose lease is in memory, in the one page that the tenant answers with. */
@Component
class DirectAppList implements DirectRead {

    private static final String BEFORE = "/api/v1/connections/";
    private static final String BEHIND = "/apps";

    /** The template of the list's address. */
    static final String ROUTE = BEFORE + "{connection}" + BEHIND;

    private static final int OK = 200;
    private static final int PIECE = 4 * 1024;

    /** A longer page is for those who have room for it. */
    private static final int MOST_UNPACKED = 512 * 1024;

    private static final String JSON = "application/json";

    /** Of which each, or all together, let the answer be JSON. */
    private static final Set<String> ACCEPTED = Set.of(JSON, "*/*", "text/plain");

    private final Connections connections;
    private final ActingUsers users;
    private final Subjects subjects;
    private final TenantAccess access;
    private final CallersInMemory callers;
    private final List<DirectCalls> deployments;

    DirectAppList(
            Connections connections,
            ActingUsers users,
            Subjects subjects,
            TenantAccess access,
            CallersInMemory callers,
            ObjectProvider<DirectCalls> deployments) {
        this.connections = connections;
        this.users = users;
        this.subjects = subjects;
        this.access = access;
        this.callers = callers;
        this.deployments = deployments.stream().toList();
    }

    @Override
    public @Nullable ReadyRead prepare(AskedRead asked) {
        String path = asked.path();
        if (!path.startsWith(BEFORE) || !path.endsWith(BEHIND) || path.length() <= BEFORE.length() + BEHIND.length()) {
            return null;
        }
        Map<String, String[]> parameters = asked.parameters();
        String token = asked.bearerToken();
        if (asked.origin() == null || parameters == null || token == null || !acceptsJson(asked)) {
            return null;
        }
        ConnectionId id = new ConnectionId(path.substring(BEFORE.length(), path.length() - BEHIND.length()));
        return callers.as(token, Scope.APPS, () -> {
            LocalUser user =
                    users.cached(id, ActingUsers.named(parameters.get(ActingUsers.PARAMETER)), ActingUsers.PARAMETER);
            Connection connection = connections.cached(id);
            Subject subject = subjects.cached(connection, user);
            ActingAs caller = access.peek(connection, subject).orElse(null);
            DirectCalls calls = DirectCalls.of(connection, deployments);
            AppQuery query = AppQueries.of(parameters::get);
            return caller == null || calls == null
                    ? null
                    : new Listing(calls, calls.apps(connection, caller, query), query);
        });
    }

    private static boolean acceptsJson(AskedRead asked) {
        for (String value : asked.headers("Accept")) {
            for (String range : value.split(",")) {
                if (!ACCEPTED.contains(range.strip())) {
                    return false;
                }
            }
        }
        return true;
    }

    private record Listing(DirectCalls calls, TenantCall call, AppQuery query) implements ReadyRead {

        @Override
        public String route() {
            return ROUTE;
        }

        @Override
        public @Nullable AnswerForm answered(AnswerHead head) {
            String coding = head.headers().first("Content-Encoding");
            boolean packed = "gzip".equalsIgnoreCase(coding);
            return head.status() == OK && (coding == null || packed) ? new Listed(calls, query, packed) : null;
        }
    }

    /** @param packed whether the tenant's body is compressed */
    private record Listed(DirectCalls calls, AppQuery query, boolean packed) implements AnswerForm {

        @Override
        public int status() {
            return OK;
        }

        @Override
        public void headers(BiConsumer<String, String> header) {
            header.accept("Content-Type", JSON);
        }

        @Override
        public boolean streams() {
            return false;
        }

        @Override
        public boolean whole(byte[] bytes, int length, OutputStream out) throws IOException {
            if (!packed) {
                return calls.writeApps(bytes, length, query, out);
            }
            try (InputStream in = new Unpacked(new ByteArrayInputStream(bytes, 0, length), PIECE, MOST_UNPACKED)) {
                byte[] all = in.readAllBytes();
                return calls.writeApps(all, all.length, query, out);
            } catch (ZipException | EOFException damaged) {
                return false;
            }
        }
    }
}
