package io.qlikbridge.subject;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Brings what an earlier version left up to what {@link Subjects} compares: mappings get their spelling, and who has a
 * credential for a subject that a template made keeps that subject, before anybody can ask for it.
 */
@Component
class SubjectsAtStart implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(SubjectsAtStart.class);
    private static final int AT_ONCE = 1000;

    private final SubjectStore store;
    private final ObjectProvider<UserLeases> leases;

    SubjectsAtStart(SubjectStore store, ObjectProvider<UserLeases> leases) {
        this.store = store;
        this.leases = leases;
    }

    @Override
    public void afterSingletonsInstantiated() {
        int spelled = store.spell();
        if (spelled > 0) {
            log.info("{} mapped subjects are compared as Qlik's section access compares them from now on", spelled);
        }
        if (!store.isAnyClaimed()) {
            leases.ifAvailable(this::claim);
        }
    }

    private void claim(UserLeases issued) {
        List<SubjectStore.Claimed> some = new ArrayList<>();
        issued.held((connection, user, subject) -> {
            some.add(new SubjectStore.Claimed(connection, user, subject));
            if (some.size() == AT_ONCE) {
                store.claimAll(some);
                some.clear();
            }
        });
        store.claimAll(some);
    }
}
