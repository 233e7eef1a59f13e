package io.qlikbridge.subject;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Who a user is on our side: 1 to 255 characters, no control characters, no blanks at either end. Compared exactly: two
 * spellings are two people.
 */
public record Username(@JsonValue String value) {

    @JsonCreator
    public Username {
        if (value.isBlank() || value.length() > 255 || !value.strip().equals(value)) {
            throw new IllegalArgumentException("A username is 1 to 255 characters without blanks at either end");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A username has no control characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
