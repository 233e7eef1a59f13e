package io.qlikbridge.vault;

import io.qlikbridge.problem.CannotStart;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The vault keys are missing, malformed, or not those of the database, so the bridge must not start. Never shows a key,
 * nor any text that could be one in the wrong place.
 */
class VaultCannotStart extends CannotStart {

    private static final String MAKE_A_KEY = """
            Make a key with

                openssl rand -base64 32

            and set it in the environment, behind an id of your choice:

                BRIDGE_VAULT_KEYS=k1:<that>

            or write the same k1:<that> into a file and set BRIDGE_VAULT_KEYS_FILE to its path. Keep a copy in a safe place: \
            without the key, nothing that was sealed with it can be opened.""";

    private static final String USE_THE_OLD_KEY = """
            Set the key that the bridge ran with before, under the same id. To bring in a new one, give it an id of its own and \
            put it in front of the old ones, which stay:

                BRIDGE_VAULT_KEYS=k2:<the new key>,k1:<the old key>

            A new key comes from

                openssl rand -base64 32""";

    private VaultCannotStart(String message, String action) {
        super(message, action);
    }

    /** What is configured cannot be a key ring. */
    static VaultCannotStart configured(String message) {
        return new VaultCannotStart(message, MAKE_A_KEY);
    }

    /** What is configured is not what the database was sealed with. */
    static VaultCannotStart unfit(String message) {
        return new VaultCannotStart(message, USE_THE_OLD_KEY);
    }

    /**
     * A key that is not configured has rows that do not open without it.
     *
     * @param rows how many in each table
     */
    static VaultCannotStart needed(String key, List<SealedRows> rows) {
        long all = rows.stream().mapToLong(SealedRows::rows).sum();
        String tables = rows.stream()
                .map(table -> String.format(Locale.ROOT, "%s %,d", table.table(), table.rows()))
                .collect(Collectors.joining(", "));
        return unfit(String.format(
                Locale.ROOT,
                "The vault key %s is not configured, and %,d %s still %s it (%s). Put it back behind the new one, wait"
                        + " until GET /api/v1/vault shows no rows for it, then take it out.",
                key,
                all,
                all == 1 ? "row" : "rows",
                all == 1 ? "needs" : "need",
                tables));
    }

    /** A key that is not configured has no rows, but may get some: from a replica that knows no other. */
    static VaultCannotStart perhapsNeeded(String key) {
        return unfit(
                "The vault key " + key + " is not configured, and the bridge may still be sealing with it. Put it back"
                        + " behind the new one, wait until GET /api/v1/vault shows it as retired, then take it out.");
    }
}
