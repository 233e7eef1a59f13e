package io.qlikbridge.sitesimulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.qlikbridge.simulator.MovableClock;

@AnalyzeClasses(packagesOf = SimulatedSite.class)
class SiteIndependenceTests {

    /** Its tests move the other simulator's clock. */
    @ArchTest
    static final ArchRule simulatedSiteUsesNothingOfTheBridge = noClasses()
            .that()
            .resideInAPackage("io.qlikbridge.sitesimulator")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "belong to the bridge",
                    (JavaClass type) -> type.getPackageName().startsWith("io.qlikbridge")
                            && !type.getPackageName().equals("io.qlikbridge.sitesimulator")
                            && !type.isAssignableTo(MovableClock.class)));
}
