package io.qlikbridge.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packagesOf = SimulatedTenant.class)
class IndependenceTests {

    @ArchTest
    static final ArchRule simulatorUsesNothingOfTheBridge = noClasses()
            .that()
            .resideInAPackage("io.qlikbridge.simulator")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "belong to the bridge",
                    (JavaClass type) -> type.getPackageName().startsWith("io.qlikbridge")
                            && !type.getPackageName().equals("io.qlikbridge.simulator")));
}
