package io.qlikbridge.resealing;

import io.qlikbridge.vault.KeyRing;
import io.qlikbridge.vault.SealedRows;
import io.qlikbridge.vault.SealedRowsStore;
import io.qlikbridge.vault.SealedTable;
import io.qlikbridge.vault.Vault;
import io.qlikbridge.vault.VaultCanaryStore;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Brings everything that is sealed to the newest key, and binds it to all of its place, in the background. Can be interrupted and begun anew
 * at any row.
 */
@Component
public class Reseal {

    private static final Logger log = LoggerFactory.getLogger(Reseal.class);
    private static final int TOLD_EACH = 10_000;

    private final KeyRing keys;
    private final SealedRowsStore sealedRows;
    private final ResealStore pages;
    private final RotationStore rotation;
    private final VaultCanaryStore canaries;
    private final Vault vault;
    private final Clock clock;

    public Reseal(
            KeyRing keys,
            SealedRowsStore sealedRows,
            ResealStore pages,
            RotationStore rotation,
            VaultCanaryStore canaries,
            Vault vault,
            Clock clock) {
        this.canaries = canaries;
        this.vault = vault;
        this.keys = keys;
        this.sealedRows = sealedRows;
        this.pages = pages;
        this.rotation = rotation;
        this.clock = clock;
    }

    /**
     * One round over all tables; nothing where another key was put in front meanwhile.
     *
     * @param stopping asked between two pages
     */
    public void round(BooleanSupplier stopping) {
        if (!rotation.isInFront()) {
            return;
        }
        Instant began = clock.instant();
        long done = 0;
        long stuckOfOldForm = 0;
        for (SealedTable table : sealedRows.tables()) {
            @Nullable Object last = null;
            do {
                if (stopping.getAsBoolean()) {
                    return;
                }
                ResealedPage page = pages.reseal(table, last);
                tell(page, done);
                done += page.resealed();
                stuckOfOldForm += page.stuckOfOldForm();
                last = page.last();
            } while (last != null);
        }
        rotation.conclude(began)
                .ifPresent(end -> log.info(
                        "Everything is sealed with the vault key {} now. Rows sealed anew: {}. May be taken out: {}.",
                        end.key(),
                        end.rows(),
                        keys.older().isEmpty() ? "none" : String.join(", ", keys.older())));
        closeOldForm(stuckOfOldForm);
    }

    /** For good, once nothing is left of it but what does not open anyway: what somebody kept of it opens no more. */
    private void closeOldForm(long stuck) {
        if (canaries.ofOldForm().isEmpty() || !canaries.isTimeToCloseOldForm() || sealedRows.countOfOldForm() > stuck) {
            return;
        }
        canaries.closeOldForm(keys);
        vault.opensOldFormOf(canaries.ofOldForm());
        log.info(
                "Everything that is sealed is bound to whom and what it is for; what earlier versions sealed opens no more");
    }

    private void tell(ResealedPage page, long before) {
        page.newlyStuck().forEach(shut -> log.error("{}. It stays as it is.", shut.getMessage()));
        long after = before + page.resealed();
        if (before == 0 && after > 0) {
            log.info("Sealing anew with the vault key {} begins", keys.newestId());
        }
        if (before / TOLD_EACH != after / TOLD_EACH) {
            long left = keys.older().isEmpty()
                    ? sealedRows.countOfOldForm()
                    : sealedRows.countOf(keys.older()).stream()
                            .mapToLong(SealedRows::rows)
                            .sum();
            log.info("{} rows were sealed anew with the vault key {}, {} are left", after, keys.newestId(), left);
        }
    }
}
