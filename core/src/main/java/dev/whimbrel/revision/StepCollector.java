package dev.whimbrel.revision;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.sql.Directive;
import dev.whimbrel.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins each statement of a part with the directives before it. */
final class StepCollector {
  private static final Map<String, Long> UNITS =
      Map.of("ms", 1L, "s", 1_000L, "min", 60_000L, "m", 60_000L, "h", 3_600_000L);
  private static final int MOST_DIGITS = 9;

  private final List<Step> steps = new ArrayList<>();
  private final List<Allow> allows = new ArrayList<>();
  private @Nullable Duration lockTimeout;
  private boolean noTransaction;
  private @Nullable Directive waiting;

  void add(Statement statement) {
    steps.add(new Step(statement, allows, lockTimeout, noTransaction));
    allows.clear();
    lockTimeout = null;
    noTransaction = false;
    waiting = null;
  }

  void add(Directive directive) {
    waiting = directive;
    switch (directive.name()) {
      case "allow" -> allows.add(allow(directive));
      case "lock-timeout" -> lockTimeout = duration(directive);
      case "no-transaction" -> {
        if (!directive.argument().isEmpty()) {
          throw bad(directive, "revision.no-transaction");
        }
        noTransaction = true;
      }
      default -> throw new IllegalArgumentException(directive.name());
    }
  }

  boolean isEmpty() {
    return steps.isEmpty() && waiting == null;
  }

  List<Step> finish() {
    if (waiting != null) {
      throw bad(waiting, "revision.directive-without-statement");
    }
    return steps;
  }

  private static Allow allow(Directive directive) {
    String[] words = directive.argument().split("\\s+", 2);
    if (words.length < 2) {
      throw bad(directive, "revision.allow");
    }
    return new Allow(words[0], words[1]);
  }

  private static Duration duration(Directive directive) {
    String text = directive.argument();
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    Long unit = UNITS.get(text.substring(digits).strip());
    if (digits == 0 || digits > MOST_DIGITS || unit == null) {
      throw bad(directive, "revision.lock-timeout");
    }
    return Duration.ofMillis(Long.parseLong(text.substring(0, digits)) * unit);
  }

  private static WhimbrelException bad(Directive directive, String key) {
    return Problem.of(ErrorCode.E_REVISION, key)
        .with("directive", directive.name())
        .with("argument", directive.argument())
        .at(directive.place())
        .toException();
  }
}
