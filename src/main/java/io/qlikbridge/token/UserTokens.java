package io.qlikbridge.token;

import io.qlikbridge.caller.Callers;
import io.qlikbridge.connection.Connection;
import io.qlikbridge.issuing.Leases;
import io.qlikbridge.lease.Lease;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.LocalUser;
import io.qlikbridge.subject.Subject;
import io.qlikbridge.subject.Subjects;
import io.qlikbridge.tenant.Deployments;
import io.qlikbridge.tenant.TokenOffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The tokens of users, for callers who may act for them. The same one for as long as it lasts for what is asked. */
@Component
public class UserTokens {

    private final Callers callers;
    private final Subjects subjects;
    private final Leases leases;
    private final Deployments deployments;
    private final TokenHandOutStore handOuts;
    private final Clock clock;

    UserTokens(
            Callers callers,
            Subjects subjects,
            Leases leases,
            Deployments deployments,
            TokenHandOutStore handOuts,
            Clock clock) {
        this.callers = callers;
        this.subjects = subjects;
        this.leases = leases;
        this.deployments = deployments;
        this.handOuts = handOuts;
        this.clock = clock;
    }

    /**
     * The token of a user for whom the present caller may act, told to the audit before it is answered.
     *
     * @param validity how long it has to last; {@code null} for the renewal margin
     * @throws BridgeException {@code token-not-offered}, {@code user-disabled}, {@code subject-not-mapped}, {@code
     *     validity-not-possible}, and whatever keeps a credential from being issued
     */
    TokenAnswer lasting(Connection connection, LocalUser user, @Nullable Duration validity) {
        Subject subject = subjects.of(connection, user);
        TokenAnswer answer = answer(connection, subject, validity, () -> leases.lasting(connection, subject, validity));
        Instant promised = validity == null ? null : clock.instant().plus(validity);
        return handedOut(connection, user, answer, promised, null);
    }

    /**
     * The same by a grant of the token endpoint. What is answered there says how long it lasts, and OAuth libraries keep it for that
     * long: so no renewal ends it before.
     *
     * @param longest the longest that the token may be promised to last; {@code null} for no limit
     */
    public TokenAnswer granted(
            Connection connection, LocalUser user, TokenHandedOut.Grant grant, @Nullable Duration longest) {
        Subject subject = subjects.of(connection, user);
        TokenAnswer answer = answer(connection, subject, null, () -> leases.toItsEnd(connection, subject, longest));
        Instant most = longest == null ? answer.expiresAt() : clock.instant().plus(longest);
        Instant promised = most.isBefore(answer.expiresAt()) ? most : answer.expiresAt();
        return handedOut(connection, user, answer, promised, grant);
    }

    private TokenAnswer handedOut(
            Connection connection,
            LocalUser user,
            TokenAnswer answer,
            @Nullable Instant promised,
            TokenHandedOut.@Nullable Grant grant) {
        handOuts.handOut(
                callers.current(),
                new TokenHandedOut(
                        answer.leaseId(),
                        connection.id(),
                        user.username(),
                        answer.subject(),
                        promised,
                        answer.expiresAt(),
                        grant));
        return answer;
    }

    private TokenAnswer answer(
            Connection connection, Subject subject, @Nullable Duration validity, Supplier<Lease> lease) {
        return switch (deployments.of(connection).tokens(connection)) {
            case TokenOffer.Issued issued -> TokenAnswer.of(connection, lease.get());
            case TokenOffer.Signed signed ->
                TokenAnswer.of(subject, signed.signer().sign(connection, subject, validity));
            case TokenOffer.None none ->
                throw new BridgeException(
                        ProblemCode.TOKEN_NOT_OFFERED,
                        "Connection " + connection.id() + " hands out no tokens. " + none.why());
        };
    }
}
