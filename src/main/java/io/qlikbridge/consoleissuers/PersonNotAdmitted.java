package io.qlikbridge.consoleissuers;

import io.qlikbridge.username.Username;
import org.springframework.security.core.AuthenticationException;

/** The issuer vouches for a person who may not enter. */
final class PersonNotAdmitted extends AuthenticationException {

    private final SignInFailure failure;
    private final transient Username username;

    PersonNotAdmitted(SignInFailure failure, Username username) {
        super("The person may not enter the console");
        this.failure = failure;
        this.username = username;
    }

    SignInFailure failure() {
        return failure;
    }

    Username username() {
        return username;
    }
}
