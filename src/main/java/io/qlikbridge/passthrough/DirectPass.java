package io.qlikbridge.passthrough;

import io.qlikbridge.access.CallersInMemory;
import io.qlikbridge.access.UserHeader;
import io.qlikbridge.client.Scope;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.directread.AnswerForm;
import io.qlikbridge.directread.AskedRead;
import io.qlikbridge.directread.DirectCalls;
import io.qlikbridge.directread.DirectRead;
import io.qlikbridge.directread.ReadyRead;
import io.qlikbridge.failure.BrowserHeaders;
import io.qlikbridge.http1.AnswerHead;
import io.qlikbridge.issuing.TenantAccess;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.subject.Subjects;
import io.qlikbridge.tenant.ActingAs;
import io.qlikbridge.tenant.ContentRelay.Route.Reader;
import io.qlikbridge.tenant.RelayedAnswer;
import io.qlikbridge.tenant.RelayedRequest;
import io.qlikbridge.upstream.TenantCall;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Passes a read on as a user whose lease is in memory, and a plain success back. */
@Component
class DirectPass implements DirectRead {

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int PIECE = 16 * 1024;

    /** What unpacks to more is for those who have a thread and room for it. */
    private static final long MOST_UNPACKED = 1024 * 1024;

    private final Connections connections;
    private final UserHeader users;
    private final Subjects subjects;
    private final TenantAccess access;
    private final CallersInMemory callers;
    private final AllowLists allowLists;
    private final PassedAnswer.MostUnpacked most;
    private final List<DirectCalls> deployments;

    DirectPass(
            Connections connections,
            UserHeader users,
            Subjects subjects,
            TenantAccess access,
            CallersInMemory callers,
            AllowLists allowLists,
            PassedAnswer.MostUnpacked most,
            ObjectProvider<DirectCalls> deployments) {
        this.connections = connections;
        this.users = users;
        this.subjects = subjects;
        this.access = access;
        this.callers = callers;
        this.allowLists = allowLists;
        this.most = new PassedAnswer.MostUnpacked(Math.min(most.bytes(), MOST_UNPACKED));
        this.deployments = deployments.stream().toList();
    }

    @Override
    public @Nullable ReadyRead prepare(AskedRead asked) {
        PassedPath path =
                asked.origin() == null ? null : PassedPath.of(asked.path()).orElse(null);
        String token = path == null ? null : asked.bearerToken();
        if (path == null || token == null || !asked.headers(HttpHeaders.UPGRADE).isEmpty()) {
            return null;
        }
        ConnectionId id = new ConnectionId(path.connection());
        return callers.as(token, Scope.APPS, () -> {
            LocalUser user = users.actingFor(id, asked.headers(UserHeader.NAME));
            Connection connection = connections.cached(id);
            Subject subject = subjects.cached(connection, user);
            ActingAs caller = access.peek(connection, subject).orElse(null);
            return caller == null ? null : ready(asked, path, connection, caller);
        });
    }

    private @Nullable ReadyRead ready(AskedRead asked, PassedPath path, Connection connection, ActingAs caller) {
        AllowList.Entry entry = allowLists.find(connection, path).orElse(null);
        DirectCalls calls = DirectCalls.of(connection, deployments);
        AskedRead.CallerOrigin origin = asked.origin();
        if (entry == null || entry.route().reader() != Reader.USER || calls == null || origin == null) {
            return null;
        }
        RelayedRequest passed =
                PassedRequest.of(asked::headers, path, asked.query(), allowLists.credentialParameters());
        BridgeLinks links = BridgeAddress.of(origin.scheme(), origin.host(), origin.port(), origin.path(), connection);
        boolean gzip = PassedRequest.acceptsGzip(asked::headers);
        return new Passing(entry.address(), calls.relayed(connection, caller, passed), links, gzip, most);
    }

    private record Passing(
            String route, TenantCall call, BridgeLinks links, boolean gzip, PassedAnswer.MostUnpacked most)
            implements ReadyRead {

        @Override
        public @Nullable AnswerForm answered(AnswerHead head) {
            boolean plain = head.status() == OK && head.framing().length() != 0
                    || head.status() == NOT_MODIFIED && head.headers().first(HttpHeaders.CONTENT_LENGTH) == null;
            if (!plain || head.headers().count(HttpHeaders.LOCATION) > 0) {
                return null;
            }
            RelayedAnswer answer = new Head(head, InputStream.nullInputStream());
            PassedAnswer.Coding coding = PassedAnswer.Coding.of(answer.header(HttpHeaders.CONTENT_ENCODING));
            return new Passed(head, coding, PassedType.of(answer), this, new LinkRewriter(links));
        }

        private PassedAnswer answer(RelayedAnswer answer) {
            return new PassedAnswer(answer, call.uri(), links, gzip, JsonPath.Role.TEXT, most);
        }
    }

    /** An answer whose body comes by another way. */
    private record Head(AnswerHead head, InputStream body) implements RelayedAnswer {

        @Override
        public int status() {
            return head.status();
        }

        @Override
        public @Nullable String header(String name) {
            return head.headers().first(name);
        }

        @Override
        public long length() {
            return head.framing().length();
        }

        @Override
        public void close() {
            // there is nothing to be given back
        }
    }

    private record Passed(
            AnswerHead head, PassedAnswer.Coding coding, PassedType type, Passing passing, LinkRewriter rewriter)
            implements AnswerForm {

        @Override
        public int status() {
            return head.status();
        }

        @Override
        public void headers(BiConsumer<String, String> header) {
            passing.answer(new Head(head, InputStream.nullInputStream())).headers(type, header);
            header.accept("Content-Security-Policy", BrowserHeaders.POLICY_OF_PASSED);
            if (coding == PassedAnswer.Coding.GZIP && passing.gzip() && head.status() == OK) {
                header.accept(HttpHeaders.CONTENT_ENCODING, "gzip");
            }
        }

        @Override
        public boolean streams() {
            return coding == PassedAnswer.Coding.IDENTITY;
        }

        @Override
        public void push(byte[] bytes, int from, int to, OutputStream out) throws IOException {
            rewriter.push(bytes, from, to, out);
        }

        @Override
        public void finish(OutputStream out) throws IOException {
            rewriter.finish(out);
        }

        @Override
        public boolean whole(byte[] bytes, int length, OutputStream out) throws IOException {
            if (streams()) {
                push(bytes, 0, length, out);
                finish(out);
                return true;
            }
            CoalescingStream gathered = new CoalescingStream(out, PIECE);
            passing.answer(new Head(head, new ByteArrayInputStream(bytes, 0, length)))
                    .writeBody(coding, gathered);
            return true;
        }
    }
}
