package dev.whimbrel.introspect;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a platform manages and migrations must leave alone. A name may end in {@code *}.
 *
 * @param schemas whose objects are not read
 * @param policySchemas schemas among them whose row-level security policies are the user's
 * @param extensions not read
 * @param roles whose grants, default privileges and owned objects do not count
 * @param eventTriggers not read
 * @param publications not read
 */
public record Outside(
    Set<String> schemas,
    Set<String> policySchemas,
    Set<String> extensions,
    Set<String> roles,
    Set<String> eventTriggers,
    Set<String> publications) {
  /** Nothing is outside. */
  public static final Outside NOTHING =
      new Outside(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

  public Outside {
    schemas = Set.copyOf(schemas);
    policySchemas = Set.copyOf(policySchemas);
    extensions = Set.copyOf(extensions);
    roles = Set.copyOf(roles);
    eventTriggers = Set.copyOf(eventTriggers);
    publications = Set.copyOf(publications);
  }

  /** The names of the presets, sorted. */
  public static Set<String> presets() {
    return load().stringPropertyNames().stream()
        .map(key -> key.substring(0, key.indexOf('.')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * What a platform manages, by the platform's name.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_CONFIG} for an unknown name
   */
  public static Outside preset(String platform) {
    Set<String> known = presets();
    if (!known.contains(platform)) {
      throw Problem.of(ErrorCode.E_CONFIG, "introspect.preset")
          .with("name", platform)
          .with("nearest", Nearest.to(platform, known).orElseGet(() -> String.join(", ", known)))
          .toException();
    }
    Properties texts = load();
    return new Outside(
        names(texts, platform + ".schemas"),
        names(texts, platform + ".policySchemas"),
        names(texts, platform + ".extensions"),
        names(texts, platform + ".roles"),
        names(texts, platform + ".eventTriggers"),
        names(texts, platform + ".publications"));
  }

  /** What is outside for either. */
  public Outside and(Outside other) {
    return new Outside(
        union(schemas, other.schemas),
        union(policySchemas, other.policySchemas),
        union(extensions, other.extensions),
        union(roles, other.roles),
        union(eventTriggers, other.eventTriggers),
        union(publications, other.publications));
  }

  /** This, and these schemas too. */
  public Outside andSchemas(Set<String> more) {
    return new Outside(
        union(schemas, more), policySchemas, extensions, roles, eventTriggers, publications);
  }

  public boolean hasSchema(String name) {
    return matches(schemas, name);
  }

  public boolean hasPolicySchema(String name) {
    return matches(policySchemas, name);
  }

  public boolean hasExtension(String name) {
    return matches(extensions, name);
  }

  public boolean hasRole(String name) {
    return matches(roles, name);
  }

  public boolean hasEventTrigger(String name) {
    return matches(eventTriggers, name);
  }

  public boolean hasPublication(String name) {
    return matches(publications, name);
  }

  private static boolean matches(Set<String> names, String name) {
    return names.contains(name)
        || names.stream()
            .anyMatch(pattern ->
                pattern.endsWith("*")
                    && name.startsWith(pattern.substring(0, pattern.length() - 1)));
  }

  private static Set<String> union(Set<String> left, Set<String> right) {
    return Stream.concat(left.stream(), right.stream()).collect(Collectors.toSet());
  }

  private static Set<String> names(Properties texts, String key) {
    return Arrays.stream(texts.getProperty(key, "").split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }

  private static Properties load() {
    Properties texts = new Properties();
    try (InputStream in = Outside.class.getResourceAsStream("presets.properties")) {
      if (in == null) {
        throw new IllegalStateException("presets.properties is not on the class path");
      }
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
