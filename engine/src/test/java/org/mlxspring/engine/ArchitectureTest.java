package org.mlxspring.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may import whom: each room sees those below it and none above. */
class ArchitectureTest {

    private static final String ROOT = "org.mlxspring.engine.";

    /** From the bottom to the top. */
    private static final List<String> ROOMS = List.of(
            "files",
            "ffi",
            "array",
            "distributed",
            "nn",
            "optim",
            "model",
            "text",
            "data",
            "adapter",
            "train",
            "generate",
            "evaluate",
            "worker",
            "cli");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.mlxspring.engine");

    @TestFactory
    List<DynamicTest> noRoomImportsAHigherOne() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < ROOMS.size() - 1; i++) {
            String room = ROOMS.get(i);
            String[] higher = ROOMS.subList(i + 1, ROOMS.size()).stream()
                    .map(name -> ROOT + name + "..")
                    .toArray(String[]::new);
            tests.add(DynamicTest.dynamicTest(room, () -> noClasses()
                    .that()
                    .resideInAPackage(ROOT + room + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(higher)
                    .allowEmptyShould(true)
                    .check(CLASSES)));
        }
        return tests;
    }

    @Test
    void onlyBindingsTouchForeignMemory() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "ffi", ROOT + "array")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign")
                .check(CLASSES);
    }

    @Test
    void onlyArraysCallTheBindings() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "ffi", ROOT + "array")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("org\\.mlxspring\\.engine\\.ffi\\.(MlxC|Calls|HandleCalls|Slots)")
                .check(CLASSES);
    }

    @Test
    void theEngineKnowsNoSpring() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(CLASSES);
    }

    @Test
    void everyClassStandsInARoom() {
        classes()
                .should()
                .resideInAnyPackage(
                        ROOMS.stream().map(room -> ROOT + room + "..").toArray(String[]::new))
                .check(CLASSES);
    }
}
