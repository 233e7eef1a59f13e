package io.qlikbridge.cloudcall;

import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.tenant.Background;
import io.qlikbridge.tenant.TenantException;
import io.qlikbridge.transport.TenantProperties;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Makes a call once more where the tenant limits the rate, for a pause that a request can wait out. */
@Component
public class Patience {

    private final TenantProperties properties;

    Patience(TenantProperties properties) {
        this.properties = properties;
    }

    /**
     * @param proceed called before each call
     * @param call waits the pause out by itself; shows nothing twice that is accepted once
     */
    public <T> T with(Runnable proceed, Supplier<T> call) {
        proceed.run();
        try {
            return call.get();
        } catch (TenantException limited) {
            if (!fitsARequest(limited)) {
                throw limited;
            }
            proceed.run();
            return call.get();
        }
    }

    private boolean fitsARequest(TenantException limited) {
        Duration pause = limited.retryAfter();
        return limited.code() == ProblemCode.TENANT_RATE_LIMITED
                && pause != null
                && pause.compareTo(properties.patience()) <= 0
                && !Background.isUnderWay();
    }
}
