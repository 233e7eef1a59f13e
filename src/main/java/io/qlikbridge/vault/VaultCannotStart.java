package io.qlikbridge.vault;

/**
 * The vault keys are missing, malformed, or not those of the database, so the bridge must not start. Never shows a key,
 * nor any text that could be one in the wrong place.
 */
class VaultCannotStart extends RuntimeException {

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

    private final String action;

    private VaultCannotStart(String message, String action) {
        super(message);
        this.action = action;
    }

    /** What is configured cannot be a key ring. */
    static VaultCannotStart configured(String message) {
        return new VaultCannotStart(message, MAKE_A_KEY);
    }

    /** What is configured is not what the database was sealed with. */
    static VaultCannotStart unfit(String message) {
        return new VaultCannotStart(message, USE_THE_OLD_KEY);
    }

    /** What the operator is to do. */
    String action() {
        return action;
    }
}
