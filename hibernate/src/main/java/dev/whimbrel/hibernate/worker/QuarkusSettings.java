package dev.whimbrel.hibernate.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of Quarkus that decide about the schema, from {@code application.properties} on the
 * class path: the default persistence unit, profile {@code prod} unless told otherwise.
 */
final class QuarkusSettings {
  private static final String PREFIX = "quarkus.hibernate-orm.";
  private static final String FILE = "application.properties";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}:]+)(?::([^}]*))?}");
  private static final Pattern UNSUPPORTED =
      Pattern.compile("unsupported-properties\\.\"?([^\"]+)\"?");

  private static final Map<String, String> NAMES =
      Map.of(
          "dialect", Settings.DIALECT,
          "physical-naming-strategy", Settings.PHYSICAL_NAMING,
          "implicit-naming-strategy", Settings.IMPLICIT_NAMING,
          "database.default-schema", "hibernate.default_schema",
          "database.default-catalog", "hibernate.default_catalog",
          "database.globally-quoted-identifiers", "hibernate.globally_quoted_identifiers",
          "mapping.timezone.default-storage", "hibernate.timezone.default_storage",
          "mapping.id.optimizer.default", "hibernate.id.optimizer.pooled.preferred");

  private final Properties file;
  private final String prefix;
  private final List<String> profiles;

  private QuarkusSettings(Properties file, List<String> profiles, String unit) {
    this.file = file;
    this.prefix = unit.isEmpty() ? PREFIX : PREFIX + '"' + unit + "\".";
    this.profiles = profiles.isEmpty() ? List.of("prod") : profiles;
  }

  /**
   * Adds what the file says.
   *
   * @param unit the persistence unit; empty for the one without a name
   */
  static void resolve(Settings settings, List<String> profiles, String unit) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = ClassLoader.getSystemResourceAsStream(FILE)) {
      if (in != null) {
        properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      }
    }
    new QuarkusSettings(properties, profiles, unit).addTo(settings);
  }

  private void addTo(Settings settings) {
    settings.note("quarkus.profile", String.join(",", profiles), FILE);
    for (String key : file.stringPropertyNames().stream().sorted().toList()) {
      String plain = key.startsWith("%") ? key.substring(key.indexOf('.') + 1) : key;
      if (plain.startsWith(prefix) && key.equals(winner(plain))) {
        String hibernate = hibernateName(plain.substring(prefix.length()));
        if (hibernate != null) {
          settings.put(hibernate, value(file.getProperty(key)), key, FILE);
        }
      }
    }
  }

  private static @Nullable String hibernateName(String name) {
    Matcher unsupported = UNSUPPORTED.matcher(name);
    return unsupported.matches() ? unsupported.group(1) : NAMES.get(name);
  }

  /** The key that decides: that of the last profile which has one, else the plain key. */
  private @Nullable String winner(String plain) {
    for (String profile : profiles.reversed()) {
      String key = "%" + profile + "." + plain;
      if (file.containsKey(key)) {
        return key;
      }
    }
    return file.containsKey(plain) ? plain : null;
  }

  private String value(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> {
          String known = winner(found.group(1));
          String fallback = found.group(2) == null ? found.group() : found.group(2);
          String value = known == null ? fallback : file.getProperty(known);
          return Matcher.quoteReplacement(value);
        });
  }
}
