package io.qlikbridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.qlikbridge.connection.Connection;
import jakarta.persistence.Entity;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.data.repository.Repository;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(packagesOf = BridgeApplication.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    private static final Set<String> OWN_CLOCKS = Set.of(
            "java.lang.System",
            "java.time.Clock",
            "java.time.Instant",
            "java.time.LocalDateTime",
            "java.time.OffsetDateTime",
            "java.time.ZonedDateTime");

    @Test
    void modulesUseOnlyWhatTheyDeclare() {
        ApplicationModules.of(BridgeApplication.class).verify();
    }

    @ArchTest
    static final ArchRule bouncyCastleReadsAndCertifiesKeys = noClasses()
            .that()
            .resideOutsideOfPackages("..signing..", "..keyfile..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bouncycastle..");

    /** Assertions and access tokens are made and verified with it, and keys come as JWK. */
    @ArchTest
    static final ArchRule nimbusStaysWithTokensAndKeys = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..signing..", "..keyfile..", "..caller..", "..issuer..", "..oauth..", "..access..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.nimbusds..");

    @ArchTest
    static final ArchRule rowsRepositoriesAndControllersStayHome = classes()
            .that()
            .areAnnotatedWith(Entity.class)
            .or()
            .areAssignableTo(Repository.class)
            .or()
            .areAnnotatedWith(RestController.class)
            .should()
            .notBePublic();

    @ArchTest
    static final ArchRule onlyStoresOpenTransactions = methods()
            .that()
            .areAnnotatedWith(Transactional.class)
            .should()
            .beDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Store")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyStoresAreTransactional = classes()
            .that()
            .areAnnotatedWith(Transactional.class)
            .should()
            .haveSimpleNameEndingWith("Store")
            .allowEmptyShould(true);

    /** A database connection never waits for Qlik. */
    @ArchTest
    static final ArchRule storesNeverCallATenant = noClasses()
            .that()
            .haveSimpleNameEndingWith("Store")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "io\\.qlikbridge\\.(qlikcloud\\..*|tenant\\.(CredentialIssuer|AppCatalog|ContentRelay|CredentialRevoker))");

    /** A replica whose own clock is wrong would end leases that live on, or take tokens that are over. */
    @ArchTest
    static final ArchRule timeIsTheDatabases = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(DatabaseTime.class.getName())
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "the machine's own time is asked for",
                    call -> OWN_CLOCKS.contains(call.getTargetOwner().getFullName())
                            && Set.of("now", "systemUTC", "systemDefaultZone", "system", "currentTimeMillis")
                                    .contains(call.getName())));

    /** On what terms something is issued, the adapter says. */
    @ArchTest
    static final ArchRule leasesDoNotKnowTheSettingsOfADeployment = noClasses()
            .that()
            .resideInAnyPackage(
                    "..apps..",
                    "..background..",
                    "..claim..",
                    "..issuing..",
                    "..lease..",
                    "..orphan..",
                    "..passthrough..",
                    "..revocation..",
                    "..token..",
                    "..upkeep..")
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "a setting of one kind of deployment is read",
                    call -> call.getTargetOwner().isEquivalentTo(Connection.class)
                            && Set.of(
                                            "apiKeyExpiry",
                                            "effectiveApiKeyExpiry",
                                            "issuer",
                                            "origin",
                                            "tenantMaximum",
                                            "webIntegrationId")
                                    .contains(call.getName())));

    @ArchTest
    static final ArchRule domainDoesNotKnowHttpStatuses = noClasses()
            .that()
            .resideInAnyPackage(
                    "..problem..",
                    "..vault..",
                    "..signing..",
                    "..lease..",
                    "..issuing..",
                    "..revocation..",
                    "..connection..",
                    "..subject..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.springframework.http.ProblemDetail");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(new ArchCondition<>("be in a null-marked package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new SimpleConditionEvent(
                            type, marked, type.getName() + " is in a package without @NullMarked"));
                }
            });

    @ArchTest
    static final ArchRule namesSayWhatAThingIs =
            noClasses().should().haveNameMatching(".*(Impl|Utils?|Helper|Manager|Constants)");
}
