package io.qlikbridge.consolekeys;

import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.console.FormErrors;
import io.qlikbridge.consoleconnections.ConnectionPage;
import io.qlikbridge.keyadmin.ManagedSigningKeys;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Makes, takes, activates and deletes signing keys from a connection's page. */
@ConsoleController
class KeyController {

    private static final String NAME = "key-name";

    private final ConnectionPage page;
    private final Connections connections;
    private final ManagedSigningKeys keys;

    KeyController(ConnectionPage page, Connections connections, ManagedSigningKeys keys) {
        this.page = page;
        this.connections = connections;
        this.keys = keys;
    }

    @PostMapping("/console/connections/{connection}/signing-keys/generate")
    ModelAndView generate(
            @PathVariable ConnectionId connection, @RequestParam(name = NAME, defaultValue = "") String name) {
        try {
            keys.generate(connection, ManagedSigningKeys.USUAL_BITS, name.strip());
        } catch (BridgeException refusal) {
            FormErrors errors = refusal.code() == ProblemCode.SIGNING_KEY_EXISTS
                    ? FormErrors.at(NAME, refusal.detail())
                    : FormErrors.of(refusal).renamed(Map.of("kid", NAME));
            return page.refused(connection, KeyPanel.ID, errors, new KeyPanel.Typed(name, null, false));
        }
        return back(connection, "keys-generated");
    }

    @PostMapping(
            path = "/console/connections/{connection}/signing-keys",
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ModelAndView upload(@PathVariable ConnectionId connection, HttpServletRequest request)
            throws IOException, ServletException {
        connections.of(connection);
        KeyFileForm form = KeyFileForm.of(request);
        try {
            form.give(keys, connection);
        } catch (BridgeException refusal) {
            return page.refused(connection, KeyPanel.ID, form.errors(refusal), form.typed(refusal));
        }
        return back(connection, "keys-uploaded");
    }

    /** A page that is shown again by a reload: activating a key twice is as good as once. */
    @PostMapping("/console/connections/{connection}/signing-keys/{kid}/activate")
    ModelAndView activate(@PathVariable ConnectionId connection, @PathVariable String kid) {
        List<String> warnings = keys.activate(connection, kid).warnings();
        return warnings.isEmpty()
                ? back(connection, "keys-activated")
                : page.show(connection).addObject("activated", kid).addObject("warnings", warnings);
    }

    /** Asks whether a key is to be deleted. */
    @GetMapping("/console/connections/{connection}/signing-keys/{kid}/delete")
    ModelAndView ask(@PathVariable ConnectionId connection, @PathVariable String kid) {
        keys.certificate(connection, kid);
        return new ModelAndView("console/consolekeys-delete")
                .addObject("connection", connections.of(connection))
                .addObject("kid", kid);
    }

    @PostMapping("/console/connections/{connection}/signing-keys/{kid}/delete")
    ModelAndView delete(@PathVariable ConnectionId connection, @PathVariable String kid) {
        keys.delete(connection, kid);
        return back(connection, "keys-deleted");
    }

    @GetMapping("/console/connections/{connection}/certificate.pem")
    ResponseEntity<byte[]> certificate(@PathVariable ConnectionId connection, @RequestParam String kid) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/x-pem-file"))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(connection + "-" + kid + ".pem")
                                .build()
                                .toString())
                .body(keys.certificate(connection, kid).getBytes(StandardCharsets.US_ASCII));
    }

    private static ModelAndView back(ConnectionId connection, String done) {
        return new ModelAndView("redirect:/console/connections/" + connection + "?done=" + done + "#" + KeyPanel.ID);
    }
}
