package io.qlikbridge.audit;

import io.qlikbridge.Product;
import io.qlikbridge.Product.Answer;
import io.qlikbridge.auditlog.Action;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes requests that can be told apart, and reads what they left in the audit. */
class WrittenAudit {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Product bridge;

    WrittenAudit(Product bridge) {
        this.bridge = bridge;
    }

    /** A row, without its id and time. */
    record Row(
            String actor,
            String action,
            String connection,
            String user,
            String outcome,
            String request,
            JsonNode details) {

        String detail(String name) {
            return details.path(name).asString(null);
        }
    }

    /** An answer, and the rows that its request left, the oldest first. */
    record Act(Answer answer, String request, List<Row> rows) {

        Act expect(int status) {
            answer.expect(status);
            return this;
        }

        /** Its only row. */
        Row row() {
            if (rows.size() != 1) {
                throw new AssertionError("Not one row but " + rows + " after " + answer.text());
            }
            return rows.getFirst();
        }

        Row row(Action action) {
            return new Act(
                            answer,
                            request,
                            rows.stream()
                                    .filter(row -> row.action().equals(action.value()))
                                    .toList())
                    .row();
        }
    }

    Act as(String token, String method, String path, Object body) {
        String request = Product.name("request");
        var exchange = bridge.request(path, token)
                .header("X-Request-Id", request)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(JSON.writeValueAsString(body)));
        Answer answer = bridge.exchange(exchange);
        return new Act(answer, request, of(request));
    }

    Act asAdmin(String method, String path, Object body) {
        return as(bridge.adminToken(), method, path, body);
    }

    /** An import by the admin. */
    Act importing(String file) {
        String request = Product.name("request");
        Answer answer = bridge.exchange(bridge.request("/api/v1/users/import", bridge.adminToken())
                .header("X-Request-Id", request)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(file)));
        return new Act(answer, request, of(request));
    }

    /** What a request left, the oldest first. */
    List<Row> of(String request) {
        return select("where request_id = '" + request + "'");
    }

    List<Row> select(String condition) {
        return bridge.bean(JdbcClient.class)
                .sql("select * from audit_event " + condition + " order by id")
                .query(WrittenAudit::row)
                .list();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getString("actor"),
                row.getString("action"),
                row.getString("connection"),
                row.getString("username"),
                row.getString("outcome"),
                row.getString("request_id"),
                JSON.readTree(row.getString("details")));
    }
}
