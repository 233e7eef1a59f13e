package io.qlikbridge.consoleclients;

import io.qlikbridge.console.ConditionalOnConsole;
import io.qlikbridge.console.FormErrors;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says at the fields of the form why a new client was refused, where the module tells of places in its lists. */
@Component
@ConditionalOnConsole
class ClientRefusals {

    private static final String CLIENT_ID = "clientId";
    private static final String SCOPES = "scopes";
    private static final String USERS = "users";
    private static final String CONNECTIONS = "connections";

    private final MessageSource messages;

    ClientRefusals(MessageSource messages) {
        this.messages = messages;
    }

    FormErrors of(BridgeException refusal, ClientForm form) {
        if (refusal.code() == ProblemCode.CLIENT_EXISTS) {
            return FormErrors.at(CLIENT_ID, refusal.detail());
        }
        FormErrors told = FormErrors.of(refusal);
        if (told.fields().isEmpty()) {
            return told;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        String id = told.at(CLIENT_ID);
        if (id != null) {
            fields.put(CLIENT_ID, id);
        }
        String scopes = told.at(SCOPES);
        if (scopes != null) {
            fields.put(SCOPES, scopes);
        }
        List<ClientForm.Line> lines = form.userLines();
        gather(fields, told, SCOPES, form.scopes().size(), place -> text("clients.scope-unknown"));
        gather(
                fields,
                told,
                USERS,
                lines.size(),
                place -> text("clients.line", lines.get(place).number(), String.valueOf(told.at(USERS + "." + place))));
        List<String> connections = form.wantedConnections();
        gather(
                fields,
                told,
                CONNECTIONS,
                connections.size(),
                place -> connections.get(place).isEmpty()
                        ? text("clients.connections-none")
                        : text("clients.connection-gone", connections.get(place)));
        return FormErrors.at(fields);
    }

    private static void gather(
            Map<String, String> fields, FormErrors told, String list, int size, IntFunction<String> sentence) {
        List<String> wrong = new ArrayList<>();
        for (int place = 0; place < size; place++) {
            if (told.at(list + "." + place) != null) {
                wrong.add(sentence.apply(place));
            }
        }
        if (!wrong.isEmpty()) {
            fields.put(list, String.join(" ", wrong));
        }
    }

    private String text(String key, Object... values) {
        return messages.getMessage(key, values, Locale.ENGLISH);
    }
}
