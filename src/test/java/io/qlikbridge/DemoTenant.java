package io.qlikbridge;

import io.qlikbridge.simulator.SimulatedTenant;
import java.util.concurrent.CountDownLatch;

/** The simulated tenant of the development run alone, for the profile {@code demo} of docker-compose.yml. */
final class DemoTenant {

    private DemoTenant() {}

    /** From a bridge in a container, the tenant has another address; and its secret is the operator's own. */
    private static String inABrowser() {
        return TestBridgeApplication.whatToTryInABrowser()
                .replace("http://127.0.0.1:" + TestBridgeApplication.TENANT_PORT, "http://tenant:8090")
                .replace(TestBridgeApplication.ADMIN_SECRET, "as in .env");
    }

    /** Until it is stopped. */
    static void serve() {
        SimulatedTenant tenant =
                SimulatedTenant.startForAll(TestBridgeApplication.TENANT_PORT, TestBridgeApplication.TENANT_ADMIN);
        TestBridgeApplication.furnish(tenant);
        System.out.println("""

                The simulated tenant is ready. When the bridge is healthy, this is what to try; the secret is BRIDGE_ACCESS_ADMIN_SECRET in .env.

                """ + inABrowser() + """

                Or paste into another shell in this folder:

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
