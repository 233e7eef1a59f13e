package io.qlikbridge.subject;

import io.qlikbridge.news.Kind;
import io.qlikbridge.news.News;
import io.qlikbridge.news.Remembered;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The users on our side. */
@Component
public class LocalUsers {

    private final LocalUserStore store;
    private final Clock clock;
    private final Remembered<Username, LocalUser> remembered;

    LocalUsers(LocalUserStore store, Clock clock, News news) {
        this.store = store;
        this.clock = clock;
        this.remembered = news.rememberedOfUsers(Kind.USER);
        news.on(Kind.USER, this::forget);
    }

    /** The user of this name, or {@code user-not-found}. */
    public LocalUser of(Username username) {
        return find(username).orElseThrow(() -> notFound(username));
    }

    /** The user of this id, whatever its name is by now. */
    public Optional<LocalUser> find(UUID id) {
        return store.find(id).map(MappedUser::user);
    }

    public Optional<LocalUser> find(Username username) {
        return store.find(username);
    }

    /**
     * The same, perhaps from memory: as it is, or was a moment ago. For what is read at every request; whoever is about to
     * issue something reads what is there.
     */
    public Optional<LocalUser> remembered(Username username) {
        return remembered.get(username, store::find);
    }

    /**
     * The user of this name, made from what an identity provider says of it if it is new. One that is there already is
     * left as the admin made it. What a user may not hold, such as an e-mail address with two {@code @}, is left out: the
     * person who signs in could not change it. Safe to call at once from several replicas.
     */
    public LocalUser provision(
            Username username,
            @Nullable String name,
            @Nullable String email,
            boolean emailVerified,
            List<String> groups) {
        return remembered(username).orElseGet(() -> {
            String address = UserRules.kept(email, UserRules::email);
            return store.provision(
                    username,
                    UserRules.kept(name, UserRules::text),
                    address,
                    emailVerified && address != null,
                    UserRules.keptGroups(groups),
                    clock.instant().truncatedTo(ChronoUnit.MICROS));
        });
    }

    /** {@code user-not-found}. */
    public static BridgeException notFound(Username username) {
        return new BridgeException(ProblemCode.USER_NOT_FOUND, "There is no user " + username + ".");
    }

    private void forget(String username) {
        if (username.equals(News.EVERYTHING)) {
            remembered.forgetAll();
        } else {
            remembered.forget(new Username(username));
        }
    }
}
