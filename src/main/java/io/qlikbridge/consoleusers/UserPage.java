package io.qlikbridge.consoleusers;

import io.qlikbridge.connection.Connection;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.console.FormErrors;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.MappedUser;
import io.qlikbridge.useradmin.SubjectWarnings;
import io.qlikbridge.useradmin.UserRegister;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One user: made, changed, deleted. */
@ConsoleController
class UserPage {

    private static final String NEW = UserListPage.PATH + "/new";
    private static final String ONE = UserListPage.PATH + "/{id}";
    private static final String SAVED = "?done=user-saved";
    private static final String FORM = "console/consoleusers-user";

    private static final int CONNECTIONS_AT_ONCE = 200;

    private final UserRegister register;
    private final SubjectWarnings warnings;
    private final Connections connections;

    UserPage(UserRegister register, SubjectWarnings warnings, Connections connections) {
        this.register = register;
        this.warnings = warnings;
        this.connections = connections;
    }

    @GetMapping(NEW)
    String begin(Model model) {
        return form(model, UserForm.EMPTY, null);
    }

    @PostMapping(NEW)
    String add(@RequestParam MultiValueMap<String, String> sent, Model model) {
        UserForm form = UserForm.of(sent);
        try {
            return to(register.add(form.request()), SAVED);
        } catch (BridgeException refused) {
            model.addAttribute("errors", form.errors(refused));
            return form(model, form, null);
        }
    }

    /** @param done by which warnings are told once the user was saved, as the API tells them then */
    @GetMapping(ONE)
    String show(@PathVariable String id, @RequestParam(required = false) @Nullable String done, Model model) {
        MappedUser user = register.of(id);
        if (done != null) {
            model.addAttribute("warnings", warnings.of(user));
        }
        return form(model, UserForm.of(user), user);
    }

    @PostMapping(ONE)
    String replace(@PathVariable String id, @RequestParam MultiValueMap<String, String> sent, Model model) {
        UserForm form = UserForm.of(sent);
        MappedUser present = register.of(id);
        try {
            requireSeen(form, present);
            return to(register.replace(id, form.request()), SAVED);
        } catch (BridgeException refused) {
            model.addAttribute("errors", form.errors(refused));
            return form(model, form, present);
        }
    }

    /** The form would undo what somebody else has done since it was opened. */
    private static void requireSeen(UserForm form, MappedUser present) {
        if (!form.seen().equals(present.updatedAt().toString())) {
            throw new BridgeException(
                    ProblemCode.CONFLICT,
                    "Somebody else has changed this user since you opened the form. Open the user again, and repeat your change.");
        }
    }

    @GetMapping(ONE + "/delete")
    String ask(@PathVariable String id, Model model) {
        model.addAttribute("user", register.of(id).user());
        return "console/consoleusers-delete";
    }

    @PostMapping(ONE + "/delete")
    String delete(@PathVariable String id) {
        register.delete(id);
        return "redirect:" + UserListPage.PATH + "?done=user-deleted";
    }

    /** Lets another person sign in as the user. */
    @PostMapping(ONE + "/release")
    String release(@PathVariable String id) {
        register.release(id);
        return to(register.of(id), "?done=user-released");
    }

    private static String to(MappedUser user, String done) {
        return "redirect:" + UserListPage.PATH + "/" + user.user().id() + done;
    }

    private String form(Model model, UserForm form, @Nullable MappedUser present) {
        List<SubjectField> subjects = all().stream()
                .map(connection -> SubjectField.of(connection, form))
                .toList();
        model.addAttribute("form", form);
        model.addAttribute("user", present);
        model.addAttribute("subjects", subjects);
        if (model.getAttribute("errors") instanceof FormErrors errors) {
            model.addAttribute("besides", errors.besides(fields(subjects)));
        }
        return FORM;
    }

    private static List<String> fields(List<SubjectField> subjects) {
        List<String> fields =
                new ArrayList<>(List.of("username", "name", "email", "emailVerified", "groups", "enabled"));
        subjects.forEach(subject -> fields.add("subjects." + subject.connection()));
        return fields;
    }

    private List<Connection> all() {
        List<Connection> all = new ArrayList<>();
        String after = null;
        do {
            Page<Connection> page = connections.page(new PageQuery(CONNECTIONS_AT_ONCE, after));
            all.addAll(page.items());
            after = page.next();
        } while (after != null);
        return all;
    }
}
