package io.qlikbridge.sensesettings;

import io.qlikbridge.problem.InvalidValue;
import io.qlikbridge.problem.PlainText;
import io.qlikbridge.subject.Subject;

/**
 * A user of a site. Neither part holds a backslash or has blanks at its ends (contract, section A.4).
 *
 * @param directory the user directory, such as {@code LAB}
 * @param id the user id in it
 */
public record SenseUser(String directory, String id) {

    private static final char SEPARATOR = '\\';
    private static final int LONGEST = 255;

    public SenseUser {
        checked(directory, "user directory");
        checked(id, "user id");
    }

    /** The user that a subject in its whole form names. */
    public static SenseUser of(Subject subject) {
        String whole = subject.value();
        int separator = whole.indexOf(SEPARATOR);
        return new SenseUser(whole.substring(0, Math.max(separator, 0)), whole.substring(separator + 1));
    }

    /**
     * @param asked what names the user: {@code DIRECTORY\\user}, or a user id
     * @param written what an admin wrote: only this says whether a directory is named, as a backslash in a username does not
     * @param directory the one of a user id
     * @throws InvalidValue when it names nobody
     */
    static SenseUser of(String asked, String written, String directory) {
        int separator = written.indexOf(SEPARATOR) < 0 ? -1 : asked.indexOf(SEPARATOR);
        return separator < 0
                ? new SenseUser(directory, asked.strip())
                : new SenseUser(
                        asked.substring(0, separator).strip(),
                        asked.substring(separator + 1).strip());
    }

    private static void checked(String part, String name) {
        if (part.isEmpty() || part.length() > LONGEST || part.indexOf(SEPARATOR) >= 0 || !PlainText.isPlain(part)) {
            throw new InvalidValue("is a user id, or DIRECTORY\\user: a " + name + " has 1 to " + LONGEST
                    + " characters, no backslash and no control characters");
        }
    }

    /** The whole form, such as {@code LAB\\ada}. */
    @Override
    public String toString() {
        return directory + SEPARATOR + id;
    }
}
