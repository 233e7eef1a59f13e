package io.qlikbridge.resealing;

import io.qlikbridge.vault.CannotOpen;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one page of rows.
 *
 * @param resealed how many are sealed with the newest key now
 * @param newlyStuck what kept the others shut, of those not known to stay shut
 * @param stuckOfOldForm how many of those that stayed shut are bound to their row alone
 * @param last the id the next page begins behind; null when there is no next page
 */
public record ResealedPage(
        int resealed,
        List<CannotOpen> newlyStuck,
        int stuckOfOldForm,
        @Nullable Object last) {}
