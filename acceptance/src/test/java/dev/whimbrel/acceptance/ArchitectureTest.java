package dev.whimbrel.acceptance;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The house stays one: packages form a line, and what is only for front ends stays in them. */
class ArchitectureTest {
  private static final String ROOT = "dev.whimbrel";
  private static final int FEWEST_CLASSES = 300;

  /** Level of each package of core; a package may use only packages of lower levels. */
  private static final Map<String, Integer> LEVELS =
      Map.ofEntries(
          entry("error", 0),
          entry("schema", 0),
          entry("order", 0),
          entry("sql", 1),
          entry("change", 1),
          entry("introspect", 1),
          entry("scratch", 1),
          entry("revision", 2),
          entry("render", 2),
          entry("diff", 2),
          entry("hazard", 2),
          entry("graph", 3),
          entry("history", 3),
          entry("dialect", 4),
          entry("source", 5),
          entry("plan", 5),
          entry("dialect.postgresql", 5),
          entry("dialect.sqlite", 5),
          entry("verify", 6),
          entry("apply", 6),
          entry("rehearse", 7),
          entry("importing", 7),
          entry("", 8));

  private static final String[] FRONT_ENDS = {
    ROOT + ".cli..", ROOT + ".maven..", ROOT + ".spring.."
  };

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static final JavaClasses CORE = HOUSE.that(not(resideInAnyPackage(outsideCore())));

  @Test
  void seesTheWholeHouse() {
    assertThat(HOUSE.size()).isGreaterThan(FEWEST_CLASSES);
    assertThat(CORE.that(resideInAPackage(ROOT + ".error")).size()).isPositive();
  }

  @Test
  void everyPackageOfCoreHasItsLevel() {
    TreeSet<String> unknown = new TreeSet<>();
    for (JavaClass each : CORE) {
      if (level(each) == null) {
        unknown.add(each.getPackageName());
      }
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void packagesUseOnlyLowerLevels() {
    TreeSet<String> upward = new TreeSet<>();
    for (JavaClass user : CORE) {
      for (Dependency each : user.getDirectDependenciesFromSelf()) {
        JavaClass used = each.getTargetClass();
        if (!used.getPackageName().equals(user.getPackageName()) && goesUp(user, used)) {
          upward.add(user.getName() + " -> " + used.getName());
        }
      }
    }
    assertThat(upward).isEmpty();
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void frontEndsUseOnlyTheFacade() {
    List<String> inside = new ArrayList<>();
    LEVELS.keySet().stream()
        .filter(name -> !name.isEmpty() && !name.equals("error"))
        .forEach(name -> inside.add(ROOT + "." + name + ".."));
    noClasses()
        .that()
        .resideInAnyPackage(FRONT_ENDS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(inside.toArray(String[]::new))
        .check(HOUSE);
  }

  @Test
  void coreUsesTheJdkAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "javax.crypto..", "javax.net..", ROOT + "..", "org.jspecify..")
        .check(CORE);
  }

  @Test
  void coreNeitherPrintsNorExitsNorReadsTheEnvironment() {
    noClasses().should().accessField(System.class, "out").check(CORE);
    noClasses().should().accessField(System.class, "err").check(CORE);
    noClasses().should().callMethod(System.class, "exit", int.class).check(CORE);
    noClasses().should().callMethod(System.class, "getenv").check(CORE);
    noClasses().should().callMethod(System.class, "getenv", String.class).check(CORE);
    noClasses().should().callMethod(Throwable.class, "printStackTrace").check(CORE);
  }

  @Test
  void coreKeepsNoStaticState() {
    fields().that().areStatic().should().beFinal().check(CORE);
  }

  @Test
  void theModelKnowsNoDatabase() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".schema", ROOT + ".change", ROOT + ".graph", ROOT + ".order")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..")
        .check(CORE);
  }

  @Test
  void sharedCodeNamesNoEngine() {
    noClasses()
        .that(not(resideInAnyPackage(ROOT + ".dialect..", ROOT)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + ".dialect.postgresql..", ROOT + ".dialect.sqlite..")
        .check(CORE);
  }

  @Test
  void everyPackageIsNullMarked() {
    TreeSet<String> unmarked = new TreeSet<>();
    for (JavaClass each : HOUSE) {
      if (each.getPackage()
          .tryGetAnnotationOfType("org.jspecify.annotations.NullMarked")
          .isEmpty()) {
        unmarked.add(each.getPackageName());
      }
    }
    assertThat(unmarked).isEmpty();
  }

  @Test
  void namesSayWhatAClassIs() {
    classes()
        .should()
        .haveNameNotMatching(".*\\.(Abstract|Base)[A-Z]\\w*|.*(Util|Utils|Manager|Helper)")
        .check(HOUSE);
  }

  private static boolean goesUp(JavaClass user, JavaClass used) {
    Integer from = level(user);
    Integer to = level(used);
    return from != null && to != null && to >= from;
  }

  private static @Nullable Integer level(JavaClass each) {
    String name = each.getPackageName();
    if (!name.startsWith(ROOT)) {
      return null;
    }
    return LEVELS.get(name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1));
  }

  private static String[] outsideCore() {
    return new String[] {
      ROOT + ".cli..",
      ROOT + ".embedded..",
      ROOT + ".hibernate..",
      ROOT + ".maven..",
      ROOT + ".spring..",
      ROOT + ".testkit..",
      ROOT + ".acceptance..",
      ROOT + ".benchmarks.."
    };
  }
}
