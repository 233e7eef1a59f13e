package io.qlikbridge.leaseadmin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qlikbridge.Product;
import io.qlikbridge.connection.ConnectionId;
import io.qlikbridge.connection.Connections;
import io.qlikbridge.lease.LeaseState;
import io.qlikbridge.paging.PageQuery;
import io.qlikbridge.problem.BridgeException;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.simulator.Faults;
import io.qlikbridge.simulator.SimulatedTenant;
import io.qlikbridge.tenant.Deployments;
import io.qlikbridge.username.Username;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an admin is told before and after leases are ended. */
class LeaseRevocationsTests {

    private final Product bridge = Product.shared();
    private final LeaseRevocations revocations = bridge.bean(LeaseRevocations.class);
    private final ListedLeases leases = bridge.bean(ListedLeases.class);
    private SimulatedTenant tenant;
    private String main;
    private String ada;

    @BeforeEach
    void start() {
        tenant = SimulatedTenant.start();
        main = bridge.connectTo(tenant);
        ada = bridge.user(main, "hr|4711");
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    @Test
    void livingCountsWhatWouldBeEndedAndNothingElse() {
        bridge.token(main, ada).expect(200);
        bridge.token(main, bridge.user(main, "hr|4712")).expect(200);

        assertThat(revocations.living(ofUser(ada))).isOne();
        assertThat(revocations.living(ofConnection())).isEqualTo(2);

        assertThat(revocations.revokeAll(ofConnection())).isEqualTo(new LeaseRevocations.Revoked(2, 0));
        assertThat(revocations.living(ofConnection())).isZero();
    }

    @Test
    void livingCountsWhatTheTenantWasNotToldOf() {
        bridge.token(main, ada).expect(200);
        tenant.before(request -> Optional.of(Faults.reset()));

        assertThat(revocations.revoke(only().id().toString()).isOver()).isFalse();

        assertThat(revocations.living(ofUser(ada))).isOne();
        assertThat(only().state()).isEqualTo(LeaseState.REVOKING);
    }

    @Test
    void nothingIsCountedOrEndedForEverybodyAtOnce() {
        RevocationWish nobody = new RevocationWish(null, null, null);

        assertThatExceptionOfType(BridgeException.class)
                .isThrownBy(() -> revocations.living(nobody))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(ProblemCode.INVALID_REQUEST));
        assertThatExceptionOfType(BridgeException.class).isThrownBy(() -> revocations.revokeAll(nobody));
    }

    @Test
    void leaseSaysWhichTenantHasItAndTheDeploymentWhatItIs() {
        bridge.token(main, ada).expect(200);
        assertThat(only().host()).hasToString(tenant.url());
        assertThat(kind()).isEqualTo("api-key");

        main = bridge.connectTo(tenant, Map.of("keeps", "sessions"));
        bridge.apps(main, ada).expect(200);
        assertThat(kind()).isEqualTo("session");
    }

    private String kind() {
        return bridge.bean(Deployments.class)
                .of(bridge.bean(Connections.class).of(new ConnectionId(main)))
                .kindOf(Optional.ofNullable(only().qlikKeyId()).orElseThrow());
    }

    private LeaseView only() {
        return leases.page(new LeaseQuery(main, ada, null, null), new PageQuery(null, null))
                .items()
                .getFirst();
    }

    private RevocationWish ofUser(String username) {
        return new RevocationWish(null, new Username(username), null);
    }

    private RevocationWish ofConnection() {
        return new RevocationWish(new ConnectionId(main), null, null);
    }
}
