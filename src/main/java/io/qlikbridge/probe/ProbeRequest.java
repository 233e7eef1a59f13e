package io.qlikbridge.probe;

import io.qlikbridge.subject.Subject;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a connection test is to try.
 *
 * @param subject whom to try it with; the steps that need somebody are skipped without one
 * @param kid the signing key to try it with, in any state; {@code null} for the active one
 * @param trial what is tried through the bridge
 */
public record ProbeRequest(
        @Nullable Subject subject, @Nullable String kid, UserTrial trial) {

    /**
     * A step that needs somebody, and is skipped without.
     *
     * @param take takes it with the subject
     */
    public ProbeStep stepOfUser(String name, Set<String> needs, Function<Subject, String> take) {
        Subject somebody = subject;
        return somebody == null
                ? ProbeStep.skipped(name, "Name a user to try this with.")
                : new ProbeStep(name, needs, () -> take.apply(somebody));
    }
}
