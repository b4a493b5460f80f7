package io.jenkins.plugins.sslmanager.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Which class may use which. The table of packages in docs/developer.md says what each package uses, and a package uses
 * only those above it. The engine's own build judges the engine, the plugin's build judges everything.
 */
class LayersTest {

    private static final String PLUGIN = "io.jenkins.plugins.sslmanager";
    private static final String ENGINE = PLUGIN + ".engine";
    private static final String TERMINAL = ENGINE + ".terminal";

    private static final Pattern ROW = Pattern.compile("(\\| `([\\w.]+)`.* \\| ).+ \\|");

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        // What a library's class uses in its turn is of no interest here, and takes most of the time.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(PLUGIN);
    }

    @Test
    void theEngineKnowsNothingOfJenkins() {
        noClasses()
                .that(resideInAPackage(ENGINE + ".."))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("hudson..", "jenkins..", "org.kohsuke..", "org.jenkinsci..", "org.jvnet..")
                                .or(resideInAPackage(PLUGIN + "..").and(not(resideInAPackage(ENGINE + "..")))))
                .check(classes);
    }

    @Test
    void thePluginNeedsNothingOfTheTerminalRun() {
        noClasses()
                .that(not(resideInAPackage(TERMINAL + "..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(TERMINAL + "..", "picocli.."))
                .check(classes);
    }

    @Test
    void noFilesUseEachOtherInACircle() {
        slices().assignedFrom(new SourceFiles()).should().beFreeOfCycles().check(classes);
    }

    @Test
    void theTableSaysWhichPackagesEachPackageUses() throws IOException {
        List<String> asFound = table().stream()
                .map(row -> row.equals(asFound(row)) ? "" : asFound(row))
                .filter(row -> !row.isEmpty())
                .toList();
        assertTrue(
                asFound.isEmpty(),
                () ->
                        "In docs/developer.md, let these rows say what the packages use, or have the packages use what the rows say:\n"
                                + String.join("\n", asFound));
    }

    @Test
    void eachPackageUsesOnlyThoseAboveItInTheTable() throws IOException {
        List<String> above = new ArrayList<>();
        for (String row : table()) {
            String name = packageOf(row);
            above.add(name);
            assertEquals(
                    List.of(),
                    used(name).filter(used -> !above.contains(used)).toList(),
                    name + " uses what does not stand above it in the table of docs/developer.md");
        }
        assertEquals(
                List.of(),
                classes.stream()
                        .map(LayersTest::packageOf)
                        .distinct()
                        .filter(name -> !above.contains(name))
                        .toList(),
                "has no row in the table of docs/developer.md");
    }

    /** The rows of the packages that this build has compiled. */
    private static List<String> table() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path docs = Stream.of(here, here.getParent())
                .map(folder -> folder.resolve("docs/developer.md"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        return Files.readAllLines(docs).stream()
                .dropWhile(line -> !line.startsWith("| Package |"))
                .takeWhile(line -> line.startsWith("|"))
                .filter(line -> ROW.matcher(line).matches())
                .filter(row -> classes.stream().anyMatch(type -> packageOf(type).equals(packageOf(row))))
                .toList();
    }

    private static String asFound(String row) {
        String name = packageOf(row);
        String used = used(name)
                .map(other -> "`" + nameIn(name, other) + "`")
                .distinct()
                .collect(Collectors.joining(", "));
        return matched(row).group(1) + (used.isEmpty() ? "nothing" : used) + " |";
    }

    private static Stream<String> used(String name) {
        return classes.stream()
                .filter(type -> packageOf(type).equals(name))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(use -> use.getTargetClass().getBaseComponentType())
                .filter(used -> used.getPackageName().startsWith(PLUGIN))
                .map(LayersTest::packageOf)
                .filter(used -> !used.equals(name))
                .distinct()
                .sorted();
    }

    /** Within the engine its packages go without their first word; seen from outside, the engine is one. */
    private static String nameIn(String name, String used) {
        if (!used.startsWith("engine.")) {
            return used;
        }
        return name.startsWith("engine") ? used.substring("engine.".length()) : "engine";
    }

    private static String packageOf(JavaClass type) {
        return type.getPackageName().substring(PLUGIN.length() + 1);
    }

    private static String packageOf(String row) {
        return matched(row).group(2);
    }

    private static Matcher matched(String row) {
        Matcher matcher = ROW.matcher(row);
        assertTrue(matcher.matches(), row);
        return matcher;
    }

    /** One slice for each source file. */
    private static final class SourceFiles implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(outermost(type).getFullName());
        }

        private static JavaClass outermost(JavaClass type) {
            return type.getEnclosingClass().map(SourceFiles::outermost).orElse(type);
        }

        @Override
        public String getDescription() {
            return "source files";
        }
    }
}
