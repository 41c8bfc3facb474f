package dev.whimbrel.cli.config;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts variables into a value: {@code ${VAR}} and {@code ${VAR:-default}}; two dollars before a
 * brace stand for one, and no variable.
 */
final class Interpolation {
  private final Map<String, String> environment;

  Interpolation(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The value with its variables filled.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_CONFIG for a variable without a value or a brace
   *     without its pair
   */
  String fill(String value, @Nullable Place place) {
    StringBuilder filled = new StringBuilder();
    int at = 0;
    while (at < value.length()) {
      if (value.startsWith("$${", at)) {
        filled.append("${");
        at += 3;
      } else if (value.startsWith("${", at)) {
        int end = value.indexOf('}', at);
        if (end < 0) {
          throw Problem.of(ErrorCode.E_CONFIG, "config.open-brace")
              .with("open", "${")
              .with("form", "${NAME} or ${NAME:-default}")
              .at(place)
              .toException();
        }
        filled.append(variable(value.substring(at + 2, end), place));
        at = end + 1;
      } else {
        filled.append(value.charAt(at++));
      }
    }
    return filled.toString();
  }

  private String variable(String inside, @Nullable Place place) {
    int mark = inside.indexOf(":-");
    String name = mark < 0 ? inside : inside.substring(0, mark);
    String found = environment.get(name);
    if (found != null && !(found.isEmpty() && mark >= 0)) {
      return found;
    }
    if (mark >= 0) {
      return inside.substring(mark + 2);
    }
    String nearest =
        Nearest.to(name, environment.keySet()).map(" (did you mean %s?)"::formatted).orElse("");
    throw Problem.of(ErrorCode.E_CONFIG, "config.unset-variable")
        .with("name", name)
        .with("nearest", nearest)
        .at(place)
        .toException();
  }
}
