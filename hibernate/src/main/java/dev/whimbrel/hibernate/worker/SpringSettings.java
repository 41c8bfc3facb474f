package dev.whimbrel.hibernate.worker;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * {@code spring.jpa.*} as the application itself would resolve it, by its own Spring Boot, without
 * starting the application.
 */
final class SpringSettings {
  /** Where the class lives: Spring Boot 3, then 4. */
  private static final List<String> HIBERNATE_PROPERTIES =
      List.of(
          "org.springframework.boot.autoconfigure.orm.jpa.HibernateProperties",
          "org.springframework.boot.hibernate.autoconfigure.HibernateProperties");

  private static final Pattern FILE = Pattern.compile("\\[([^\\]]+)].*?(?: - (\\d+):\\d+)?$");

  private static final List<String> REMOTE =
      List.of("config", "vault", "consul", "consul.config", "zookeeper", "kubernetes", "bootstrap");

  private final StandardEnvironment environment = new StandardEnvironment();
  private final List<String> warnings;

  private SpringSettings(List<String> warnings) {
    this.warnings = warnings;
  }

  /**
   * Adds the application's settings and Spring Boot's defaults.
   *
   * @return the resources of {@code spring.jpa.mapping-resources}
   */
  static List<String> resolve(Settings settings, List<String> profiles, List<String> warnings)
      throws ReflectiveOperationException {
    SpringSettings spring = new SpringSettings(warnings);
    spring.load(profiles);
    return spring.addTo(settings);
  }

  private void load(List<String> profiles) {
    Map<String, Object> own = new HashMap<>();
    own.put("spring.config.on-not-found", "ignore");
    REMOTE.forEach(name -> own.put("spring.cloud." + name + ".enabled", "false"));
    if (!profiles.isEmpty()) {
      own.put("spring.profiles.active", String.join(",", profiles));
    }
    environment.getPropertySources().addFirst(new MapPropertySource("whimbrel", own));
    ConfigDataEnvironmentPostProcessor.applyTo(environment);
  }

  private List<String> addTo(Settings settings) throws ReflectiveOperationException {
    Binder binder =
        new Binder(
            ConfigurationPropertySources.get(environment),
            value -> value instanceof String text ? environment.resolvePlaceholders(text) : value);
    settings.note(
        "spring.profiles.active",
        String.join(",", environment.getActiveProfiles()),
        origin("spring.profiles.active", "none is active"));
    Map<String, String> jpa = new HashMap<>();
    binder
        .bind("spring.jpa.properties", Bindable.mapOf(String.class, String.class))
        .orElse(Map.of())
        .forEach((key, value) -> {
          if (isResolved("spring.jpa.properties." + key, value)) {
            jpa.put(key, value);
          }
        });
    addNaming(settings, jpa, binder);
    jpa.forEach((key, value) -> {
      String name = "spring.jpa.properties." + key;
      settings.put(key, value, name, origin(name, "Spring Boot"));
    });
    String platform = binder.bind("spring.jpa.database-platform", String.class).orElse("");
    if (!platform.isEmpty() && !jpa.containsKey(Settings.DIALECT)) {
      String name = "spring.jpa.database-platform";
      settings.put(Settings.DIALECT, platform, name, origin(name, "Spring Boot"));
    }
    return binder
        .bind("spring.jpa.mapping-resources", Bindable.listOf(String.class))
        .orElse(List.of());
  }

  private boolean isResolved(String name, String value) {
    if (value.contains("${")) {
      warnings.add(
          "%s = %s (%s) is left out: nothing gives the placeholder a value here."
              .formatted(name, value, origin(name, "Spring Boot")));
      return false;
    }
    return true;
  }

  /** Lets Spring Boot's own class decide, with the defaults of its version. */
  private void addNaming(Settings settings, Map<String, String> jpa, Binder binder)
      throws ReflectiveOperationException {
    for (String name : HIBERNATE_PROPERTIES) {
      Class<?> type = present(name);
      if (type == null) {
        continue;
      }
      Object bound = bound(binder, type);
      Class<?> hints = Class.forName(name.replace("HibernateProperties", "HibernateSettings"));
      Object determined;
      try {
        determined =
            type.getMethod("determineHibernateProperties", Map.class, hints)
                .invoke(bound, jpa, hints.getConstructor().newInstance());
      } catch (InvocationTargetException e) {
        throw new IllegalStateException("Spring Boot's " + type.getSimpleName() + " failed", e);
      }
      ((Map<?, ?>) determined)
          .forEach((key, value) -> addDetermined(settings, jpa, (String) key, value));
      return;
    }
  }

  private void addDetermined(
      Settings settings, Map<String, String> jpa, String key, @Nullable Object value) {
    if (value == null || jpa.containsKey(key)) {
      return;
    }
    String fallback = "default of Spring Boot " + SpringBootVersion.getVersion();
    String shown =
        switch (key) {
          case Settings.PHYSICAL_NAMING -> "spring.jpa.hibernate.naming.physical-strategy";
          case Settings.IMPLICIT_NAMING -> "spring.jpa.hibernate.naming.implicit-strategy";
          default -> key;
        };
    settings.put(key, value, shown, origin(shown, fallback));
  }

  private static Object bound(Binder binder, Class<?> type) throws ReflectiveOperationException {
    Object instance = type.getConstructor().newInstance();
    binder.bind("spring.jpa.hibernate", Bindable.ofInstance(instance));
    return instance;
  }

  private static @Nullable Class<?> present(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  /** {@code application.yml:12}, {@code environment variable X}, or {@code fallback}. */
  private String origin(String name, String fallback) {
    for (PropertySource<?> source : environment.getPropertySources()) {
      String key = keyIn(source, name);
      if (key != null) {
        return origin(source, key);
      }
    }
    return fallback;
  }

  private static @Nullable String keyIn(PropertySource<?> source, String name) {
    if (!(source instanceof EnumerablePropertySource<?> listed)) {
      return null;
    }
    String wanted = uniform(name);
    return Arrays.stream(listed.getPropertyNames())
        .filter(candidate -> uniform(candidate).equals(wanted))
        .findFirst()
        .orElse(null);
  }

  /** Spring's relaxed names: {@code SPRING_JPA_SHOWSQL} is {@code spring.jpa.show-sql}. */
  private static String uniform(String name) {
    StringBuilder uniform = new StringBuilder();
    name.chars()
        .filter(Character::isLetterOrDigit)
        .forEach(c -> uniform.append((char) Character.toLowerCase(c)));
    return uniform.toString();
  }

  private static String origin(PropertySource<?> source, String key) {
    if (source.getName().equals("whimbrel")) {
      return "Whimbrel's configuration";
    }
    if (source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)) {
      return "environment variable " + key;
    }
    Origin origin = OriginLookup.getOrigin(source, key);
    String text = origin == null ? source.getName() : origin.toString();
    Matcher file = FILE.matcher(text);
    if (!file.find()) {
      return text;
    }
    return file.group(2) == null ? file.group(1) : file.group(1) + ":" + file.group(2);
  }
}
