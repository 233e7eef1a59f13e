package io.qlikbridge.useradmin;

import com.fasterxml.uuid.Generators;
import io.qlikbridge.paging.Page;
import io.qlikbridge.paging.PageQuery;
import io.qlikbridge.subject.MappedUser;
import io.qlikbridge.username.Username;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
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
    private final UserReader reader;
    private final SubjectWarnings warnings;
    private final Clock clock;

    UserController(UserRegister register, UserReader reader, SubjectWarnings warnings, Clock clock) {
        this.register = register;
        this.reader = reader;
        this.warnings = warnings;
        this.clock = clock;
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
        UUID id = Generators.timeBasedEpochGenerator().generate();
        MappedUser user = reader.read(id, request, now(), null);
        register.add(user);
        return ResponseEntity.created(URI.create(http.getContextPath() + PATH + "/" + id))
                .body(UserAnswer.of(user, warnings.of(user)));
    }

    @GetMapping("/{id}")
    UserAnswer show(@PathVariable String id) {
        return UserAnswer.of(register.of(uuid(id)));
    }

    @PutMapping("/{id}")
    UserAnswer replace(@PathVariable String id, @RequestBody UserRequest request) {
        UUID user = uuid(id);
        Username present = register.of(user).user().username();
        MappedUser replaced = register.replace(reader.read(user, request, now(), present));
        return UserAnswer.of(replaced, warnings.of(replaced));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id) {
        register.delete(uuid(id));
    }

    /** Lets another person sign in as the user. */
    @DeleteMapping("/{id}/identity")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void release(@PathVariable String id) {
        register.release(uuid(id));
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException notOurs) {
            throw UserRegister.notFound(id);
        }
    }

    /** PostgreSQL keeps microseconds: what is answered now is what is read later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
