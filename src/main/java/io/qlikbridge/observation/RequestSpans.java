package io.qlikbridge.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.ObservationPredicate;
import io.qlikbridge.problem.ProblemCode;
import io.qlikbridge.trace.RequestId;
import io.qlikbridge.trace.Spans;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.util.function.SingletonSupplier;

/**
 * The span of a request: named by method and route, with its id and the code of its problem. What the caller wrote as the path
 * does not stand in it, nor does a user's name.
 */
@Configuration(proxyBeanMethods = false)
class RequestSpans {

    private static final String ACTUATOR = "/actuator";

    /** A request is observed for its span alone; it is measured otherwise. */
    @Bean
    static ObservationPredicate observedForSpans(ObjectProvider<Spans> spans) {
        SingletonSupplier<Spans> known = SingletonSupplier.of(spans::getObject);
        return (name, context) -> !(context instanceof ServerRequestObservationContext request)
                || (known.obtain().areReceived() && isOfCaller(requestOf(request)));
    }

    @Bean
    DefaultServerRequestObservationConvention requestSpan() {
        return new Named();
    }

    /** Probes and Prometheus are none. */
    private static boolean isOfCaller(HttpServletRequest request) {
        return !request.getRequestURI().startsWith(request.getContextPath() + ACTUATOR);
    }

    /** There is one from the beginning. */
    private static HttpServletRequest requestOf(ServerRequestObservationContext context) {
        return Objects.requireNonNull(context.getCarrier());
    }

    private static final class Named extends DefaultServerRequestObservationConvention {

        @Override
        public String getContextualName(ServerRequestObservationContext context) {
            HttpServletRequest request = requestOf(context);
            return RequestMeters.method(request.getMethod()) + " " + RequestMeterValve.route(request);
        }

        @Override
        public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
            HttpServletRequest request = requestOf(context);
            KeyValues values = KeyValues.of("bridge.request_id", RequestId.of(request));
            ProblemCode code = RequestMeterValve.code(request);
            return code == null ? values : values.and("bridge.problem", code.slug());
        }

        @Override
        protected KeyValue method(ServerRequestObservationContext context) {
            return KeyValue.of("method", RequestMeters.method(requestOf(context).getMethod()));
        }

        @Override
        protected KeyValue uri(ServerRequestObservationContext context) {
            return KeyValue.of("uri", RequestMeterValve.route(requestOf(context)));
        }
    }
}
