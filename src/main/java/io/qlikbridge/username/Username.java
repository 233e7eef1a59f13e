package io.qlikbridge.username;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.problem.PlainText;

/**
 * Who a user is on our side: 1 to 255 characters, no control characters, no blanks at either end. Compared exactly: two
 * spellings are two people.
 */
public record Username(@JsonValue String value) {

    @JsonCreator
    public Username {
        PlainText.fault(value, 255).ifPresent(fault -> {
            throw new InvalidValue("A username " + fault);
        });
    }

    /**
     * What somebody new may be called: without what nobody sees, and with letters of full width made ordinary (RFC 8265,
     * section 3.4).
     *
     * @throws InvalidValue that says which character it may not have
     */
    public static Username ofNew(String name) {
        return NewUsername.of(name);
    }

    @Override
    public String toString() {
        return value;
    }
}
