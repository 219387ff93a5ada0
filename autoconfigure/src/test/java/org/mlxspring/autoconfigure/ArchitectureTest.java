package org.mlxspring.autoconfigure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mlxspring.engine.model.ModelRegistry;

/** Who may import whom: each concern sees those before it in the list and none after, and MLX is out of reach. */
class ArchitectureTest {

    private static final String ROOT = "org.mlxspring.autoconfigure.";

    private static final List<String> CONCERNS = List.of(
            "problem",
            "home",
            "database",
            "web",
            "batch",
            "audit",
            "encryption",
            "redaction",
            "dataset",
            "model",
            "check",
            "preview",
            "source",
            "run",
            "pipeline",
            "schedule",
            "erasure",
            "retention",
            "security",
            "actuate",
            "openapi",
            "page");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.mlxspring.autoconfigure");

    @TestFactory
    List<DynamicTest> noConcernImportsALaterOne() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < CONCERNS.size() - 1; i++) {
            String concern = CONCERNS.get(i);
            String[] later = CONCERNS.subList(i + 1, CONCERNS.size()).stream()
                    .map(name -> ROOT + name + "..")
                    .toArray(String[]::new);
            tests.add(DynamicTest.dynamicTest(concern, () -> noClasses()
                    .that()
                    .resideInAPackage(ROOT + concern + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .allowEmptyShould(true)
                    .check(CLASSES)));
        }
        return tests;
    }

    @Test
    void theApplicationNeverTouchesMlxItself() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.mlxspring.engine.ffi..",
                        "org.mlxspring.engine.array..",
                        "org.mlxspring.engine.nn..",
                        "org.mlxspring.engine.generate..",
                        "org.mlxspring.engine.cli..",
                        "java.lang.foreign..")
                .check(CLASSES);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + "model.BaseModelCheck")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.mlxspring.engine.model..")
                .because("what loads models loads MLX; reading config.json does not")
                .check(CLASSES);
        noClasses().should().callMethod(ModelRegistry.class, "load", Path.class).check(CLASSES);
    }

    @Test
    void onlyAutoConfigurationsAndTheirPropertiesStandAtTheTop() {
        classes()
                .that()
                .resideInAPackage("org.mlxspring.autoconfigure")
                .should()
                .haveNameMatching(".*(AutoConfiguration(\\$.*|__.*)?|Properties|package-info)")
                .check(CLASSES);
    }
}
