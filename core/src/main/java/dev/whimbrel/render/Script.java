package dev.whimbrel.render;

import dev.whimbrel.change.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one direction of a migration.
 *
 * @param preamble statements that prepare the others
 * @param steps each change with its statements
 */
public record Script(List<Sql> preamble, List<Step> steps) {
  private static final String NO_TRANSACTION = "-- +no-transaction\n";

  public Script {
    preamble = List.copyOf(preamble);
    steps = List.copyOf(steps);
  }

  /** A change and the statements that make it. */
  public record Step(Change change, List<Sql> statements) {
    public Step {
      statements = List.copyOf(statements);
    }
  }

  /** All statements in order. */
  public List<Sql> statements() {
    return Stream.concat(
            preamble.stream(), steps.stream().flatMap(step -> step.statements().stream()))
        .toList();
  }

  /** The changes in order. */
  public List<Change> changes() {
    return steps.stream().map(Step::change).toList();
  }

  /** The script as it stands in a file; empty when there is nothing to do. */
  public String text() {
    return text(List.of());
  }

  /**
   * The script as the way back from other changes, with a comment where data does not come back.
   *
   * @param forth the changes that this script takes back
   */
  public String text(List<Change> forth) {
    Map<Object, String> lost = new HashMap<>();
    for (Change change : forth) {
      change.lost().ifPresent(what -> lost.put(change.object(), what));
    }
    StringBuilder text = new StringBuilder();
    preamble.forEach(sql -> write(sql, text));
    @Nullable Step last = null;
    for (Step step : steps) {
      if (!step.statements().isEmpty()) {
        if (text.length() > 0 && isApart(last, step)) {
          text.append('\n');
        }
        @Nullable String what = lost.get(step.change().object());
        if (what != null && step.change() instanceof Change.Create) {
          text.append("-- ").append(what).append(" is not restored\n");
        }
        step.statements().forEach(sql -> write(sql, text));
        last = step;
      }
    }
    return text.toString();
  }

  /** Long statements and other objects stand apart, short ones of one object together. */
  private static boolean isApart(@Nullable Step last, Step step) {
    return last == null || isLong(last) || isLong(step) || !owner(last).equals(owner(step));
  }

  private static boolean isLong(Step step) {
    return step.statements().stream().anyMatch(sql -> sql.text().contains("\n"));
  }

  private static List<String> owner(Step step) {
    List<String> path = new ArrayList<>(step.change().object().path());
    int skip = step.change().object().kind().isAttached() ? 1 : 0;
    return path.subList(Math.min(skip, path.size()), Math.min(skip + 2, path.size()));
  }

  private static void write(Sql sql, StringBuilder text) {
    if (sql.alone()) {
      text.append(NO_TRANSACTION);
    }
    text.append(sql.text()).append(";\n");
  }
}
