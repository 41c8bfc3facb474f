package dev.whimbrel.hibernate;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Problem;
import dev.whimbrel.hibernate.worker.Request;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The persistence units of Quarkus: {@code application.properties} says their packages. */
final class QuarkusUnits {
  private static final Pattern PACKAGES =
      Pattern.compile("quarkus\\.hibernate-orm\\.(?:(?:\"([^\"]+)\"|([^.\"]+))\\.)?packages");

  private QuarkusUnits() {}

  /**
   * The packages of the chosen units by their names: without a choice those of the default unit,
   * for the others have databases of their own, or all where there is no such unit. Empty where
   * nothing is said of packages.
   *
   * @throws dev.whimbrel.error.WhimbrelException if a chosen unit is not there
   */
  static Map<String, List<String>> chosen(byte[] file, List<String> wanted) {
    Map<String, List<String>> units = new TreeMap<>();
    Properties properties = read(file);
    for (String key : properties.stringPropertyNames()) {
      Matcher packages = PACKAGES.matcher(key);
      if (packages.matches()) {
        String quoted = packages.group(1) == null ? packages.group(2) : packages.group(1);
        units.put(
            quoted == null ? Request.DEFAULT_UNIT : quoted,
            List.of(properties.getProperty(key).strip().split("\\s*,\\s*")));
      }
    }
    for (String name : units.isEmpty() ? List.<String>of() : wanted) {
      if (!units.containsKey(name)) {
        throw unknown(name, List.copyOf(units.keySet()));
      }
    }
    if (!wanted.isEmpty()) {
      units.keySet().retainAll(wanted);
    } else if (units.containsKey(Request.DEFAULT_UNIT)) {
      units.keySet().retainAll(List.of(Request.DEFAULT_UNIT));
    }
    return units;
  }

  private static Properties read(byte[] file) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(new String(file, StandardCharsets.UTF_8)));
    } catch (IOException | IllegalArgumentException e) {
      // Quarkus itself could not read it either; the worker says so.
      return new Properties();
    }
    return properties;
  }

  private static RuntimeException unknown(String wanted, List<String> names) {
    return Problem.of(ErrorCode.E_SOURCE, "hibernate.unknown-unit")
        .with("unit", wanted)
        .with("units", String.join(", ", names))
        .with("nearest", Nearest.to(wanted, names).map(n -> " (" + n + "?)").orElse(""))
        .toException();
  }
}
