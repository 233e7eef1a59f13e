package io.qlikbridge.simulator;

import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.function.Supplier;

/** Hands every request that WireMock receives to the tenant. */
final class FrontDoor implements ResponseDefinitionTransformerV2 {

    private final Supplier<TenantState> tenant;

    FrontDoor(Supplier<TenantState> tenant) {
        this.tenant = tenant;
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        return tenant.get().answer(event.getRequest());
    }

    @Override
    public String getName() {
        return "simulated-tenant";
    }
}
