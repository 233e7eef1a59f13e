package io.qlikbridge.background;

/** The kinds of work at tenants that nobody waits for. They go on side by side and share the permits for background work. */
public enum BackgroundWork {
    RENEWAL("lease.renewal", 2),
    REVOCATION("lease.ending", 2),
    /** For keys that an operation without a clear end may have made. */
    ORPHAN_SEARCH("lease.orphans", 1),
    /** For keys of everybody who has a lease. */
    INSTALLATION_SWEEP("lease.sweep", 1);

    private static final int ALL_SHARES = 6;

    private final String spanName;
    private final int shares;

    BackgroundWork(String spanName, int shares) {
        this.spanName = spanName;
        this.shares = shares;
    }

    /** How many of so many permits are for this kind; one at least. */
    int shareOf(int permits) {
        return Math.max(1, permits * shares / ALL_SHARES);
    }

    String spanName() {
        return spanName;
    }
}
