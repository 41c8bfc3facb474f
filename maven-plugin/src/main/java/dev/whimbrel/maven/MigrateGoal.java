package dev.whimbrel.maven;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/** Writes a revision from the changed models. */
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
@Mojo(name = "migrate", requiresDependencyResolution = ResolutionScope.RUNTIME, threadSafe = true)
public final class MigrateGoal extends ModelsGoal {
  /** What changed, in one line. */
  @Parameter(property = "whimbrel.message", required = true)
  private @Nullable String message;

  @Override
  List<String> own() {
    List<String> arguments = new ArrayList<>(super.own());
    arguments.add("--");
    arguments.add(String.valueOf(message));
    return arguments;
  }

  @Override
  String name() {
    return "migrate";
  }
}
