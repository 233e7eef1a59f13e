package io.qlikbridge.consoleusers;

import io.qlikbridge.console.ConsoleController;
import io.qlikbridge.console.FormErrors;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.MappedUser;
import io.qlikbridge.useradmin.UserRegister;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The users, a page at a time, and those that a search finds. */
@ConsoleController
class UserListPage {

    static final String PATH = "/console/users";

    private final UserRegister register;

    UserListPage(UserRegister register) {
        this.register = register;
    }

    @GetMapping(PATH)
    String list(
            @RequestParam(required = false) @Nullable String query,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        String searched = query == null ? "" : query.strip();
        model.addAttribute("query", searched);
        model.addAttribute("isFirst", after == null);
        try {
            Page<MappedUser> page = register.page(null, searched, new PageQuery(null, after));
            model.addAttribute("users", page.items());
            model.addAttribute("next", page.next() == null ? null : next(searched, page.next()));
        } catch (BridgeException refused) {
            model.addAttribute("users", List.of());
            model.addAttribute("errors", FormErrors.of(refused));
        }
        return "console/consoleusers-list";
    }

    private static String next(String query, String after) {
        UriComponentsBuilder next = UriComponentsBuilder.fromPath(PATH);
        if (!query.isEmpty()) {
            next.queryParam("query", "{query}");
        }
        return next.queryParam("after", "{after}")
                .encode()
                .buildAndExpand(
                        query.isEmpty()
                                ? List.of(after).toArray()
                                : List.of(query, after).toArray())
                .toUriString();
    }

    /** Leads to the page of a user that is known by name; a name may have what no path has. */
    @GetMapping(PATH + "/named")
    String named(@RequestParam String username) {
        return register.page(username, null, new PageQuery(1, null)).items().stream()
                .findFirst()
                .map(user -> "redirect:" + PATH + "/" + user.user().id())
                .orElseThrow(
                        () -> new BridgeException(ProblemCode.USER_NOT_FOUND, "There is no user " + username + "."));
    }
}
