package io.qlikbridge.cloudadmin;

import io.qlikbridge.cloudcall.CloudCall;
import io.qlikbridge.cloudcall.CloudDocuments;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.problem.UpstreamAnswer;
import io.qlikbridge.received.NextPage;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.upstream.TenantCall;
import io.qlikbridge.upstream.UpstreamErrors;
import io.qlikbridge.upstream.Wanted;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a tenant as an administrator who is signed in. What is shown is sent to the connection's host alone, after redirects too. */
@Component
class AdminCalls {

    /** Whoever has more of something than these pages hold is told so. */
    static final int MOST_PAGES = 50;

    static final int PAGE = 100;

    private static final Wanted MADE = Wanted.values("id");
    private static final Wanted LINKS = Wanted.NOTHING.withObject("next", Wanted.values("href"));

    private static final String ADMIN_REMEDY =
            "Send the credential of a tenant administrator: an API key, which has not ended, of a user with the role Tenant Admin, or an"
                    + " OAuth client for machine-to-machine with the scope admin_classic.";
    private static final String CHANGE_REMEDY =
            "See what the tenant says. It can be made by hand as well, in the tenant's administration.";

    private final CloudDocuments documents;
    private final JsonMapper json = new JsonMapper();

    AdminCalls(CloudDocuments documents) {
        this.documents = documents;
    }

    JsonNode get(Connection connection, HttpHeaders signedIn, String step, String path, Wanted wanted) {
        TenantCall call = CloudCall.get(connection, CloudCall.SETUP + step, path, signedIn);
        return documents.get(call, wanted, ProblemCode.TENANT_REFUSED, ADMIN_REMEDY);
    }

    /** The same of what a setup can go without: an empty object where the tenant does not serve it, or not to this administrator. */
    JsonNode getIfServed(Connection connection, HttpHeaders signedIn, String step, String path, Wanted wanted) {
        try {
            return get(connection, signedIn, step, path, wanted);
        } catch (TenantException refused) {
            if (isAnswer(refused, 403) || isAnswer(refused, 404)) {
                return json.createObjectNode();
            }
            throw refused;
        }
    }

    /**
     * All elements of a list, a page after the other.
     *
     * @param cursor the query parameter that asks for the next page, whose value a page's link to it has (contract, section 7.1)
     * @param each what is wanted of an element
     * @return {@code null} where there are more than {@link #MOST_PAGES} pages
     */
    @Nullable
    List<JsonNode> list(
            Connection connection, HttpHeaders signedIn, String step, String path, String cursor, Wanted each) {
        Wanted page = Wanted.NOTHING.withObject("links", LINKS).withList("data", PAGE, each);
        List<JsonNode> all = new ArrayList<>();
        String next = null;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            UriComponentsBuilder uri = CloudCall.at(connection, path).queryParam("limit", PAGE);
            if (next != null) {
                uri.queryParam(cursor, "{next}");
            }
            TenantCall call = CloudCall.get(
                    connection,
                    CloudCall.SETUP + step,
                    uri.encode()
                            .buildAndExpand(next == null ? Map.of() : Map.of("next", next))
                            .toUri(),
                    signedIn);
            JsonNode read = documents.get(call, page, ProblemCode.TENANT_REFUSED, ADMIN_REMEDY);
            read.path("data").forEach(all::add);
            next = next(call, read.path("links").path("next").path("href"), cursor);
            if (next == null) {
                return all;
            }
        }
        return null;
    }

    private static @Nullable String next(TenantCall call, JsonNode href, String cursor) {
        try {
            return href.isString() ? NextPage.cursor(href.asString(), cursor) : null;
        } catch (IllegalArgumentException malformed) {
            throw UpstreamErrors.unreadable(call, "its link to the next page is malformed");
        }
    }

    /** Has something made; the tenant's id of it. */
    String make(Connection connection, HttpHeaders signedIn, String step, String path, Map<String, Object> body) {
        TenantCall call = post(connection, step, path, signedIn, body);
        String id = documents
                .change(call, MADE, ProblemCode.TENANT_REFUSED, CHANGE_REMEDY)
                .path("id")
                .asString("");
        if (id.isEmpty()) {
            throw UpstreamErrors.unreadable(call, "it does not say the id of what it made");
        }
        return id;
    }

    /** Deletes something; what is gone already is deleted. */
    void delete(Connection connection, HttpHeaders signedIn, String step, String path, String id) {
        URI uri = CloudCall.at(connection, path + "/{id}")
                .encode()
                .buildAndExpand(id)
                .toUri();
        TenantCall call = CloudCall.of(connection, CloudCall.SETUP + step, HttpMethod.DELETE, uri, signedIn, null);
        try {
            documents.exchange(call, ProblemCode.TENANT_REFUSED, "Delete it in the tenant's administration.");
        } catch (TenantException refused) {
            if (!isAnswer(refused, 404)) {
                throw refused;
            }
        }
    }

    static boolean isAnswer(TenantException refusal, int status) {
        UpstreamAnswer answer = refusal.upstream();
        return answer != null && Integer.valueOf(status).equals(answer.status());
    }

    TenantCall post(Connection connection, String step, String path, HttpHeaders headers, Map<String, Object> body) {
        return CloudCall.of(
                connection,
                CloudCall.SETUP + step,
                HttpMethod.POST,
                CloudCall.at(connection, path).build().toUri(),
                headers,
                json.writeValueAsString(body));
    }
}
