package dev.whimbrel.hibernate;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Problem;
import dev.whimbrel.hibernate.worker.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the managed classes: the configured packages, else as the application would. */
final class EntityScan {
  private static final Set<String> MANAGED =
      Set.of(
          "jakarta.persistence.Entity",
          "jakarta.persistence.Embeddable",
          "jakarta.persistence.MappedSuperclass",
          "jakarta.persistence.Converter");
  private static final Set<String> ENTITY_SCAN =
      Set.of(
          "org.springframework.boot.autoconfigure.domain.EntityScan",
          "org.springframework.boot.persistence.autoconfigure.EntityScan");
  private static final Set<String> BOOT_APPLICATION =
      Set.of(
          "org.springframework.boot.autoconfigure.SpringBootApplication",
          "org.springframework.boot.autoconfigure.EnableAutoConfiguration",
          "org.springframework.boot.autoconfigure.AutoConfigurationPackage");
  private static final String PACKAGE_INFO = ".package-info";

  private final ModelOptions options;
  private final ClassIndex index;
  private final List<ScannedClass> own = new ArrayList<>();
  private final Map<String, String> managed = new TreeMap<>();
  private final List<String> looked = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private EntityScan(ModelOptions options, ClassIndex index) {
    this.options = options;
    this.index = index;
    options.classPath().application().forEach(entry -> index.eachClass(entry, "", own::add));
  }

  /**
   * What the worker needs to know, and what is doubtful.
   *
   * @param checksum of the managed classes, and of the enums and superclasses of the application
   */
  record Found(
      Request.Application application,
      List<Request.Unit> units,
      List<String> warnings,
      String checksum) {}

  /**
   * Looks.
   *
   * @throws dev.whimbrel.error.WhimbrelException if there are no entities, or a bean decides about
   *     names
   */
  static Found in(ModelOptions options) {
    try (ClassIndex index = ClassIndex.of(options.classPath())) {
      return new EntityScan(options, index).find();
    }
  }

  private Found find() {
    Request.Application application = application();
    List<Request.Unit> units = units(application);
    if (units.stream().noneMatch(this::hasEntities)) {
      throw nothing();
    }
    if (application == Request.Application.SPRING_BOOT) {
      new NamingBeans(index, own).check(options, warnings);
    }
    return new Found(application, units, warnings, checksum(units));
  }

  private String checksum(List<Request.Unit> units) {
    Set<String> relevant = new TreeSet<>();
    units.forEach(unit -> relevant.addAll(unit.classes()));
    Map<String, String> checksums = new TreeMap<>(managed);
    boolean grew = true;
    while (grew) {
      grew = false;
      for (ScannedClass each : own) {
        if (relevant.contains(each.name()) || each.parents().contains("java.lang.Enum")) {
          checksums.put(each.name(), each.checksum());
          grew |= relevant.addAll(each.parents());
        }
      }
    }
    return Checksum.of(checksums.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Request.Application application() {
    if (index.has("org/springframework/boot/SpringApplication.class")) {
      return Request.Application.SPRING_BOOT;
    }
    return index.has("io/quarkus/runtime/Quarkus.class")
        ? Request.Application.QUARKUS
        : Request.Application.PLAIN;
  }

  private List<Request.Unit> units(Request.Application application) {
    if (!options.packages().isEmpty()) {
      looked.add("packages " + String.join(", ", options.packages()) + " (configured)");
      return List.of(packagesUnit(options.packages(), "the configured packages"));
    }
    if (application == Request.Application.SPRING_BOOT && options.units().isEmpty()) {
      Set<String> packages = springPackages();
      if (!packages.isEmpty()) {
        return List.of(packagesUnit(packages, "Spring Boot"));
      }
    }
    if (application == Request.Application.QUARKUS) {
      List<Request.Unit> units = quarkusUnits();
      if (!units.isEmpty()) {
        return units;
      }
    }
    List<PersistenceXml.Unit> declared = declaredUnits();
    if (!declared.isEmpty()) {
      return declared.stream().map(this::unit).toList();
    }
    looked.add("all " + own.size() + " classes of " + options.classPath().application());
    List<String> classes =
        own.stream().filter(EntityScan::isManaged).map(ScannedClass::name).toList();
    return List.of(new Request.Unit("default", "", classes, List.of(), true, Map.of()));
  }

  private List<Request.Unit> quarkusUnits() {
    Map<String, List<String>> packages =
        index
            .find("application.properties")
            .map(file -> QuarkusUnits.chosen(file, options.units()))
            .orElse(Map.of());
    packages.forEach((unit, names) ->
        looked.add("packages " + String.join(", ", names) + " (unit " + unit + " of Quarkus)"));
    return packages.entrySet().stream()
        .map(unit ->
            new Request.Unit(
                unit.getKey(),
                Request.QUARKUS_UNIT,
                managed(unit.getValue()),
                List.of(),
                true,
                Map.of()))
        .toList();
  }

  private Request.Unit packagesUnit(Iterable<String> packages, String origin) {
    return new Request.Unit("default", origin, managed(packages), List.of(), true, Map.of());
  }

  /** The managed classes of the packages and those below, in jars too, as Spring scans. */
  private List<String> managed(Iterable<String> packages) {
    Set<String> names = new LinkedHashSet<>();
    for (String name : packages) {
      index.eachClass(
          name,
          scanned -> {
            if (isManaged(scanned)) {
              names.add(scanned.name());
              managed.put(scanned.name(), scanned.checksum());
            }
          });
    }
    return List.copyOf(names);
  }

  private static boolean isManaged(ScannedClass scanned) {
    return scanned.hasAny(MANAGED) || scanned.name().endsWith(PACKAGE_INFO);
  }

  private Set<String> springPackages() {
    Set<String> scanned = new TreeSet<>();
    Set<String> applications = new TreeSet<>();
    Set<String> markers = withComposed(BOOT_APPLICATION);
    for (ScannedClass each : own) {
      if (each.hasAny(ENTITY_SCAN)) {
        scanned.addAll(named(each, ENTITY_SCAN, List.of("value", "basePackages")));
      }
      if (each.hasAny(markers) && !markers.contains(each.name())) {
        applications.addAll(
            named(
                each,
                Set.of("org.springframework.boot.autoconfigure.AutoConfigurationPackage"),
                List.of("basePackages")));
      }
    }
    Set<String> packages = scanned.isEmpty() ? applications : scanned;
    if (packages.isEmpty()) {
      looked.add(
          "no class with @SpringBootApplication or @EntityScan in "
              + options.classPath().application());
    } else {
      looked.add(
          "packages "
              + String.join(", ", packages)
              + (scanned.isEmpty() ? " (of @SpringBootApplication)" : " (of @EntityScan)"));
    }
    return packages;
  }

  /** The packages that an annotation names; the class's own where it names none. */
  private static Set<String> named(
      ScannedClass scanned, Set<String> annotations, List<String> elements) {
    Set<String> packages = new TreeSet<>();
    for (String annotation : annotations) {
      elements.forEach(element -> packages.addAll(scanned.values(annotation, element)));
      for (String type : scanned.values(annotation, "basePackageClasses")) {
        packages.add(type.substring(0, Math.max(0, type.lastIndexOf('.'))));
      }
    }
    return packages.isEmpty() ? Set.of(scanned.packageName()) : packages;
  }

  /** The annotations, and those of the application's own that carry one of them. */
  private Set<String> withComposed(Set<String> annotations) {
    Set<String> all = new HashSet<>(annotations);
    boolean grew = true;
    while (grew) {
      grew =
          own.stream()
              .filter(each -> each.parents().contains("java.lang.annotation.Annotation"))
              .filter(each -> each.hasAny(Set.copyOf(all)))
              .map(each -> all.add(each.name()))
              .reduce(false, Boolean::logicalOr);
    }
    return all;
  }

  private List<PersistenceXml.Unit> declaredUnits() {
    List<PersistenceXml.Unit> units = new ArrayList<>();
    index
        .findAll(PersistenceXml.RESOURCE)
        .forEach((root, xml) -> units.addAll(PersistenceXml.read(root, xml)));
    List<PersistenceXml.Unit> chosen =
        units.stream()
            .filter(unit ->
                options.units().isEmpty()
                    ? unit.isForHibernate()
                    : options.units().contains(unit.name()))
            .toList();
    List<String> names = units.stream().map(PersistenceXml.Unit::name).toList();
    for (String wanted : options.units()) {
      if (!names.contains(wanted)) {
        throw Problem.of(ErrorCode.E_SOURCE, "hibernate.unknown-unit")
            .with("unit", wanted)
            .with("units", names.isEmpty() ? "none" : String.join(", ", names))
            .with("nearest", Nearest.to(wanted, names).map(n -> " (" + n + "?)").orElse(""))
            .toException();
      }
    }
    looked.add(
        units.isEmpty()
            ? "no " + PersistenceXml.RESOURCE
            : PersistenceXml.RESOURCE + " with " + String.join(", ", names));
    return chosen;
  }

  private Request.Unit unit(PersistenceXml.Unit declared) {
    Set<String> classes = new LinkedHashSet<>(declared.classes());
    if (!declared.classesOnly()) {
      collect(declared.root(), classes);
    }
    for (String jar : declared.jarFiles()) {
      String file = Path.of(jar).getFileName().toString();
      options.classPath().entries().stream()
          .filter(entry -> entry.endsWith(file))
          .forEach(entry -> collect(entry, classes));
    }
    return new Request.Unit(
        declared.name(),
        PersistenceXml.RESOURCE + ", unit " + declared.name(),
        List.copyOf(classes),
        declared.mappingFiles(),
        true,
        declared.properties());
  }

  private void collect(Path entry, Set<String> classes) {
    index.eachClass(
        entry,
        "",
        scanned -> {
          if (isManaged(scanned)) {
            classes.add(scanned.name());
            managed.put(scanned.name(), scanned.checksum());
          }
        });
  }

  private boolean hasEntities(Request.Unit unit) {
    return unit.classes().stream().anyMatch(name -> !name.endsWith(PACKAGE_INFO))
        || !unit.mappingFiles().isEmpty()
        || index.has("META-INF/orm.xml");
  }

  private RuntimeException nothing() {
    if (own.stream().anyMatch(each -> each.has("javax.persistence.Entity"))) {
      return Problem.of(ErrorCode.E_SOURCE, "hibernate.javax").toException();
    }
    Set<String> elsewhere = new TreeSet<>();
    own.stream()
        .filter(each -> each.has("jakarta.persistence.Entity"))
        .forEach(each -> elsewhere.add(each.packageName()));
    String hint =
        elsewhere.isEmpty()
            ? "compile the project and check [models] classpath"
            : "entities are in " + String.join(", ", elsewhere);
    return Problem.of(ErrorCode.E_SOURCE, "hibernate.no-entities")
        .with("looked", String.join("; ", looked))
        .with("hint", hint)
        .toException();
  }
}
