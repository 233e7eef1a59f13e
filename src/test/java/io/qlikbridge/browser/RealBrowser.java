package io.qlikbridge.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives the tests of a class {@link Visitors} of its own Chromium. */
public class RealBrowser implements BeforeAllCallback, ParameterResolver, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(RealBrowser.class);

    /** Of an artifact that Surefire adds to the class path (pom.xml), which has the driver for all systems. */
    private static final String DRIVER = "/driver/linux/node";

    /** Set by Surefire: where it runs the tests, a driver that is missing is a fault. */
    private static final String BY_SUREFIRE = "basedir";

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<Path> program = Chromium.program();
        assumeTrue(
                program.isPresent(),
                "No Chromium is installed: apt-get install chromium-headless-shell, or name one with CHROMIUM=/path/to/chromium");
        assumeTrue(
                System.getProperty(BY_SUREFIRE) != null || RealBrowser.class.getResource(DRIVER) != null,
                "Playwright's driver is on the class path of ./mvnw test and ./mvnw verify alone, since it takes 200 MB");
        context.getStore(NAMESPACE).put("chromium", Chromium.start(program.orElseThrow()));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Visitors.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Chromium chromium = context.getStore(NAMESPACE).get("chromium", Chromium.class);
        return context.getStore(NAMESPACE)
                .computeIfAbsent("visitors", first -> new Visitors(chromium.browser()), Visitors.class);
    }

    /** What a browser has complained of fails the test. */
    @Override
    public void afterEach(ExtensionContext context) {
        Visitors visitors = context.getStore(NAMESPACE).remove("visitors", Visitors.class);
        if (visitors != null) {
            Optional<Throwable> failure = context.getExecutionException();
            failure.ifPresent(failed ->
                    visitors.show("failed-" + context.getRequiredTestMethod().getName()));
            visitors.leave(failure.isEmpty());
        }
    }
}
