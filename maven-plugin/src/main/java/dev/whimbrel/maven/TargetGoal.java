package dev.whimbrel.maven;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal that goes somewhere. */
abstract class TargetGoal extends DatabaseGoal {
  /** Where to go: head, +1, -1, base, or a revision's id. */
  @Parameter(property = "whimbrel.target")
  private @Nullable String target;

  @Override
  final List<String> own() {
    List<String> arguments = new ArrayList<>(super.own());
    if (target != null && !target.isEmpty()) {
      // Relative addresses begin with a dash.
      arguments.add("--");
      arguments.add(target);
    }
    return arguments;
  }
}
