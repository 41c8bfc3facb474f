package dev.whimbrel.hibernate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the models are and for which database to speak.
 *
 * @param classPath the application's runtime class path
 * @param packages where the entities are, with sub-packages; empty to find them
 * @param units the persistence units of {@code persistence.xml} to use; empty for all
 * @param profiles profiles of Spring Boot or Quarkus; empty for what the application would choose
 * @param properties Hibernate settings that beat the application's
 * @param physicalNaming class of the physical naming strategy; {@link #AS_CONFIGURED} to ignore
 *     beans; null to take the application's setting and to refuse where a bean decides
 * @param implicitNaming the same for the implicit naming strategy
 * @param product JDBC product name of the target, such as {@code PostgreSQL}
 * @param version its version, such as {@code 15.4}
 * @param directory the project, working directory of the worker
 * @param javaHome the JDK to run the worker with; null for the running one
 * @param timeout how long the worker may take
 */
public record ModelOptions(
    ClassPath classPath,
    List<String> packages,
    List<String> units,
    List<String> profiles,
    Map<String, String> properties,
    @Nullable String physicalNaming,
    @Nullable String implicitNaming,
    String product,
    String version,
    Path directory,
    @Nullable Path javaHome,
    Duration timeout) {

  /** As a naming strategy: what the properties say counts, whatever beans there are. */
  public static final String AS_CONFIGURED = "as-configured";

  public ModelOptions {
    packages = List.copyOf(packages);
    units = List.copyOf(units);
    profiles = List.copyOf(profiles);
    properties = Map.copyOf(properties);
  }

  /** Everything found by itself, two minutes at most. */
  public static ModelOptions of(
      ClassPath classPath, String product, String version, Path directory) {
    return new ModelOptions(
        classPath,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        null,
        null,
        product,
        version,
        directory,
        null,
        Duration.ofMinutes(2));
  }

  /** With these packages. */
  public ModelOptions withPackages(List<String> names) {
    return new ModelOptions(
        classPath,
        names,
        units,
        profiles,
        properties,
        physicalNaming,
        implicitNaming,
        product,
        version,
        directory,
        javaHome,
        timeout);
  }

  /** With these persistence units only. */
  public ModelOptions withUnits(List<String> names) {
    return new ModelOptions(
        classPath,
        packages,
        names,
        profiles,
        properties,
        physicalNaming,
        implicitNaming,
        product,
        version,
        directory,
        javaHome,
        timeout);
  }

  /** With these profiles active. */
  public ModelOptions withProfiles(List<String> names) {
    return new ModelOptions(
        classPath,
        packages,
        units,
        names,
        properties,
        physicalNaming,
        implicitNaming,
        product,
        version,
        directory,
        javaHome,
        timeout);
  }

  /** With these Hibernate settings. */
  public ModelOptions withProperties(Map<String, String> settings) {
    return new ModelOptions(
        classPath,
        packages,
        units,
        profiles,
        settings,
        physicalNaming,
        implicitNaming,
        product,
        version,
        directory,
        javaHome,
        timeout);
  }

  /** With these naming strategies; each may be null or {@link #AS_CONFIGURED}. */
  public ModelOptions withNaming(@Nullable String physical, @Nullable String implicit) {
    return new ModelOptions(
        classPath,
        packages,
        units,
        profiles,
        properties,
        physical,
        implicit,
        product,
        version,
        directory,
        javaHome,
        timeout);
  }

  /** With another JDK, or another limit, for the worker. */
  public ModelOptions withJava(@Nullable Path home, Duration limit) {
    return new ModelOptions(
        classPath,
        packages,
        units,
        profiles,
        properties,
        physicalNaming,
        implicitNaming,
        product,
        version,
        directory,
        home,
        limit);
  }
}
