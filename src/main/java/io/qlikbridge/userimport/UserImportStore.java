package io.qlikbridge.userimport;

import io.qlikbridge.changes.Change;
import io.qlikbridge.changes.ChangeFeed;
import io.qlikbridge.changes.ChangeType;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.subject.UserLeases;
import io.qlikbridge.useradmin.SubjectWarnings;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/**
 * Keeps the users of an import in one transaction: they are staged as they come in, compared with those that are there, and
 * then put in their place. Until all have come in, nobody else has to wait.
 */
@Component
class UserImportStore {

    private static final int USERS_AT_ONCE = 1000;

    private final ImportStage stage;
    private final ImportMerge merge;
    private final ImportChanges told;
    private final SubjectWarnings warnings;
    private final ObjectProvider<UserLeases> leases;
    private final ApplicationEventPublisher events;
    private final EntityManager entities;
    private final ChangeFeed changes;

    UserImportStore(
            ImportStage stage,
            ImportMerge merge,
            ImportChanges told,
            SubjectWarnings warnings,
            ObjectProvider<UserLeases> leases,
            ApplicationEventPublisher events,
            EntityManager entities,
            ChangeFeed changes) {
        this.stage = stage;
        this.merge = merge;
        this.told = told;
        this.warnings = warnings;
        this.leases = leases;
        this.events = events;
        this.entities = entities;
        this.changes = changes;
    }

    /**
     * Keeps all lines, unless any is wrong.
     *
     * @param dryRun whether everything is done and nothing of it kept
     * @throws BridgeException {@code conflict} when somebody else adds or deletes one of the users, or a connection, at the
     *     same time
     */
    @Transactional(rollbackFor = IOException.class)
    ImportAnswer keep(ImportLines lines, boolean dryRun) throws IOException {
        ImportAnswer answer = merged(lines);
        if (dryRun || !answer.errors().isEmpty()) {
            keepNothing();
            return answer;
        }
        merge.layOutChanges();
        tell(answer);
        return answer;
    }

    /**
     * Tells what changes; keeps all lines if that is what somebody has seen before.
     *
     * @param seen {@link ImportPreview#digest} of then; {@code null} for nothing, and nothing is kept then
     * @throws BridgeException as of {@link #keep}
     */
    @Transactional(rollbackFor = IOException.class)
    ImportPreview keepAsSeen(ImportLines lines, @Nullable String seen) throws IOException {
        ImportAnswer answer = merged(lines);
        if (!answer.errors().isEmpty()) {
            keepNothing();
            return ImportPreview.refused(answer);
        }
        merge.layOutChanges();
        ImportPreview preview = told.of(answer);
        if (!preview.digest().equals(seen)) {
            keepNothing();
            return preview;
        }
        tell(answer);
        return preview.done();
    }

    /** All lines in the place of what was there, or those that are wrong. */
    private ImportAnswer merged(ImportLines lines) throws IOException {
        int staged = stage(lines);
        ImportColumns columns = lines.columns();
        if (!merge.lockConnections(columns)) {
            throw conflict();
        }
        merge.planFor(staged);
        int present = merge.lockUsers();
        stage.check(columns, lines.errors());
        if (lines.errors().any()) {
            return ImportAnswer.refused(lines.errors());
        }
        int created = merge.create(lines.now());
        if (created + present != staged) {
            throw conflict();
        }
        int updated = merge.update(columns, lines.now());
        merge.map(columns);
        return new ImportAnswer(
                created,
                updated,
                present - updated,
                List.of(),
                warnings.ofImport(lines.mixed(), !columns.subjects().isEmpty()));
    }

    private void tell(ImportAnswer answer) {
        leases.ifAvailable(this::endLeases);
        if (answer.created() + answer.updated() > 0) {
            changes.changed(new Change.OfAll(ChangeType.USER));
            changes.changed(new Change.OfAll(ChangeType.SUBJECT));
        }
        events.publishEvent(new UsersImported(answer.created(), answer.updated(), answer.unchanged()));
    }

    private int stage(ImportLines lines) throws IOException {
        stage.open();
        int staged = 0;
        List<ImportLine> some = lines.next();
        while (!some.isEmpty()) {
            stage.add(some, lines.columns());
            staged += some.size();
            some = lines.next();
        }
        stage.close();
        return staged;
    }

    private void endLeases(UserLeases issued) {
        List<UUID> disabled = new ArrayList<>();
        List<UUID> others = new ArrayList<>();
        merge.updated((user, isDisabled) -> {
            if (isDisabled) {
                add(user, disabled, issued::end);
            } else {
                add(user, others, issued::endFormer);
            }
        });
        flush(disabled, issued::end);
        flush(others, issued::endFormer);
    }

    private void add(UUID user, List<UUID> users, Consumer<List<UUID>> end) {
        users.add(user);
        if (users.size() == USERS_AT_ONCE) {
            flush(users, end);
        }
    }

    private void flush(List<UUID> users, Consumer<List<UUID>> end) {
        if (!users.isEmpty()) {
            end.accept(List.copyOf(users));
            // what was read of them is not needed again, and would be compared at every query that follows
            entities.clear();
            users.clear();
        }
    }

    private static void keepNothing() {
        TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
    }

    private static BridgeException conflict() {
        return new BridgeException(
                ProblemCode.CONFLICT,
                "Somebody else added or deleted one of these users, or a connection, at the same time. Nothing was imported."
                        + " Repeat it.");
    }
}
