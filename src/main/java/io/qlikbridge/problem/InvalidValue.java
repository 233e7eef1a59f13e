package io.qlikbridge.problem;

/**
 * A text or number that cannot be the value it is meant to be. The message says in what form the value is expected and never repeats
 * it, so a caller may be shown it.
 */
public class InvalidValue extends IllegalArgumentException {

    public InvalidValue(String expectation) {
        super(expectation);
    }
}
