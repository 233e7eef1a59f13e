package io.qlikbridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.persistence.Entity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    /** Who serves every kind of deployment alike. */
    private static final List<String> BEHIND_THE_PORT = List.of(
            "apps",
            "background",
            "check",
            "claim",
            "connection",
            "connectionadmin",
            "issuing",
            "lease",
            "orphan",
            "passthrough",
            "probe",
            "revocation",
            "setup",
            "tenant",
            "tenantsetup",
            "token",
            "upkeep");

    /** What serves one kind of deployment. */
    private static final List<String> ADAPTERS = List.of(
            "apikey",
            "cloudadmin",
            "cloudcall",
            "cloudsession",
            "cloudsettings",
            "impersonation",
            "oauthclient",
            "qlikcloud",
            "qliksense",
            "sensesettings",
            "sitecall",
            "sitecertificate",
            "sitefile");

    /** What it issues and is set up with, and where it is asked. */
    private static final Pattern WORDS_OF_QLIK_CLOUD =
            Pattern.compile("Qlik Cloud|ApiKey|apiKey|api-key|API key|(?i:web.?integration)"
                    + "|(?i:csrf)|jwt-session|/api/v1/(items|users|spaces|api-keys|csrf-token)");

    @Test
    void modulesUseOnlyWhatTheyDeclare() {
        ApplicationModules.of(BridgeApplication.class).verify();
    }

    @ArchTest
    static final ArchRule bouncyCastleReadsAndCertifiesKeys = noClasses()
            .that()
            .resideOutsideOfPackages("..signing..", "..keyfile..", "..sitefile..")
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

    /** Of two, {@code spring-boot:test-run} would ask which. */
    @Test
    void testsHaveOneMainMethod() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> contains(file, " void main("))
                            .map(file -> file.getFileName().toString()))
                    .containsExactly("TestBridgeApplication.java");
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            // not in a text
            return Files.readAllLines(file).stream()
                    .anyMatch(line -> line.strip().contains(text) && !line.contains("\""));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What only one kind of deployment has or does, its adapter alone knows. */
    @ArchTest
    static final ArchRule portDoesNotKnowTheKindsOfDeployments = noClasses()
            .that()
            .resideInAnyPackage(BEHIND_THE_PORT.stream()
                    .map(name -> "io.qlikbridge." + name)
                    .toArray(String[]::new))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ADAPTERS.stream().map(name -> "io.qlikbridge." + name).toArray(String[]::new));

    @Test
    void portHasNoWordsOfOneKindOfDeployment() throws IOException {
        for (String name : BEHIND_THE_PORT) {
            try (Stream<Path> files = Files.list(Path.of("src/main/java/io/qlikbridge", name))) {
                for (Path file : files.toList()) {
                    assertThat(WORDS_OF_QLIK_CLOUD
                                    .matcher(Files.readString(file))
                                    .results()
                                    .map(MatchResult::group))
                            .as("%s", file)
                            .isEmpty();
                }
            }
        }
    }

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
