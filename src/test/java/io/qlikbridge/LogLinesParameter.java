package io.qlikbridge;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests that ask for them the {@link LogLines}, until they end. JUnit finds it as a service. */
public class LogLinesParameter implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(LogLinesParameter.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LogLines.class;
    }

    /** Closed with the test's own context. */
    @Override
    public LogLines resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE).computeIfAbsent(LogLines.class, first -> LogLines.begin(), LogLines.class);
    }
}
