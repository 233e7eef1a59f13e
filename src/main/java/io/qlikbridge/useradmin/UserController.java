package io.qlikbridge.useradmin;

import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import io.qlikbridge.subject.MappedUser;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The local users, for admins. */
@RestController
@RequestMapping(UserController.PATH)
class UserController {

    static final String PATH = "/api/v1/users";

    private final UserRegister register;
    private final SubjectWarnings warnings;

    UserController(UserRegister register, SubjectWarnings warnings) {
        this.register = register;
        this.warnings = warnings;
    }

    @GetMapping
    Page<UserAnswer> list(
            @RequestParam(required = false) @Nullable String username,
            @RequestParam(required = false) @Nullable String query,
            PageQuery page) {
        return register.page(username, query, page).map(UserAnswer::of);
    }

    @PostMapping
    ResponseEntity<UserAnswer> add(@RequestBody UserRequest request, HttpServletRequest http) {
        MappedUser user = register.add(request);
        return ResponseEntity.created(URI.create(
                        http.getContextPath() + PATH + "/" + user.user().id()))
                .body(UserAnswer.of(user, warnings.of(user)));
    }

    @GetMapping("/{id}")
    UserAnswer show(@PathVariable String id) {
        return UserAnswer.of(register.of(id));
    }

    @PutMapping("/{id}")
    UserAnswer replace(@PathVariable String id, @RequestBody UserRequest request) {
        MappedUser replaced = register.replace(id, request);
        return UserAnswer.of(replaced, warnings.of(replaced));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id) {
        register.delete(id);
    }

    /** Lets another person sign in as the user. */
    @DeleteMapping("/{id}/identity")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void release(@PathVariable String id) {
        register.release(id);
    }
}
