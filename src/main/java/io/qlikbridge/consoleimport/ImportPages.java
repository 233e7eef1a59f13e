package io.qlikbridge.consoleimport;

import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.console.FormErrors;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Users from a CSV file: chosen, looked at, imported. */
@ConsoleController
class ImportPages {

    static final String PATH = "/console/users/import";

    private static final String ONE = PATH + "/{id}";
    private static final Set<String> CHARSETS = Set.of("windows-1252");

    private final UploadedFiles files;
    private final UploadRuns runs;

    ImportPages(UploadedFiles files, UploadRuns runs) {
        this.files = files;
        this.runs = runs;
    }

    @GetMapping(PATH)
    String choose() {
        return "console/consoleimport-choose";
    }

    @PostMapping(PATH)
    String upload(HttpServletRequest request, Model model) throws IOException {
        UploadForm form = UploadRequest.form(request);
        String charset = Objects.requireNonNullElse(form.fields().get("charset"), "");
        model.addAttribute("charset", charset);
        if (form.name().isEmpty()) {
            model.addAttribute("errors", FormErrors.at("file", "is required. Choose a CSV file"));
            return choose();
        }
        if (!charset.isEmpty() && !CHARSETS.contains(charset)) {
            model.addAttribute("errors", FormErrors.at("charset", "is one of the list"));
            return choose();
        }
        UploadedFile file = files.keep(form, charset.isEmpty() ? null : charset);
        runs.check(file);
        return to(file);
    }

    @GetMapping(ONE)
    String show(@PathVariable String id, Model model) {
        UploadedFile file = files.of(id);
        model.addAttribute("file", file);
        model.addAttribute("preview", file.preview());
        return "console/consoleimport-file";
    }

    @PostMapping(ONE)
    String take(@PathVariable String id) {
        UploadedFile file = files.of(id);
        runs.take(file);
        return to(file);
    }

    @PostMapping(ONE + "/dry-run")
    String check(@PathVariable String id) {
        UploadedFile file = files.of(id);
        runs.check(file);
        return to(file);
    }

    @PostMapping(ONE + "/discard")
    String discard(@PathVariable String id) {
        files.delete(files.of(id));
        return "redirect:" + PATH;
    }

    private static String to(UploadedFile file) {
        return "redirect:" + PATH + "/" + file.id();
    }
}
