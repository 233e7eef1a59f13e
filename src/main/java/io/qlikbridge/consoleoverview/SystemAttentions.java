package io.qlikbridge.consoleoverview;

import static io.qlikbridge.consoleoverview.Attention.Urgency.NEXT;
import static io.qlikbridge.consoleoverview.Attention.Urgency.NOW;
import static io.qlikbridge.consoleoverview.Attention.Urgency.SOON;

import io.qlikbridge.replica.Replica;
import io.qlikbridge.resealing.VaultProgress;
import java.util.List;

/** What needs attention of that which the bridge runs on. */
class SystemAttentions {

    private static final String HERE = "/console/overview#system";

    private final Sayer sayer;

    /** Finds the words. */
    interface Sayer {

        Attention say(Attention.Urgency urgency, String what, String path, Object... arguments);
    }

    SystemAttentions(Sayer sayer) {
        this.sayer = sayer;
    }

    void look(SystemState system, List<Attention> found) {
        for (Replica replica : system.replicas()) {
            if (replica.isSilent(system.now())) {
                found.add(sayer.say(SOON, "silent", HERE, replica.name(), Attentions.time(replica.seenAt())));
            }
        }
        List<String> versions = system.versions();
        if (versions.size() > 1) {
            found.add(sayer.say(SOON, "versions", HERE, String.join(", ", versions)));
        }
        VaultProgress.Answer vault = system.vault();
        if (vault != null) {
            look(vault, found);
        }
    }

    private void look(VaultProgress.Answer vault, List<Attention> found) {
        if (vault.stuck() > 0) {
            found.add(sayer.say(NOW, "stuck", HERE, vault.stuck()));
        }
        for (VaultProgress.Key key : vault.keys()) {
            if (!key.configured() && key.rows() > 0) {
                found.add(sayer.say(NOW, "key-missing", HERE, key.id(), key.rows()));
            }
            String warning = key.warning();
            if (warning != null) {
                found.add(sayer.say(SOON, "key-worn", HERE, key.id(), warning));
            }
            if (key.configured() && key.retired()) {
                found.add(sayer.say(NEXT, "key-retired", HERE, key.id()));
            }
        }
    }
}
