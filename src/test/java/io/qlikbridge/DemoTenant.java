package io.qlikbridge;

import io.qlikbridge.simulator.SimulatedTenant;
import java.util.concurrent.CountDownLatch;

/** The simulated tenant of the development run alone, for the profile {@code demo} of docker-compose.yml. */
final class DemoTenant {

    private DemoTenant() {}

    /** Until it is stopped. */
    static void serve() {
        SimulatedTenant tenant =
                SimulatedTenant.startForAll(TestBridgeApplication.TENANT_PORT, TestBridgeApplication.TENANT_ADMIN);
        TestBridgeApplication.furnish(tenant);
        System.out.println("""

                The simulated tenant is ready. When the bridge is healthy, paste into another shell in this folder:

                TENANT_OF_BRIDGE=http://tenant:8090 ADMIN_SECRET=$(sed -n 's/^BRIDGE_ACCESS_ADMIN_SECRET=//p' .env)

                and then, line after line:

                """ + TestBridgeApplication.whatToTry());
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
