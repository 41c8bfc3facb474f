package dev.whimbrel.maven;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/** Prints the SQL from one schema to another. */
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
@Mojo(name = "diff", requiresDependencyResolution = ResolutionScope.RUNTIME, threadSafe = true)
public final class DiffGoal extends ModelsGoal {
  /**
   * The schema to start from: {@code rev:head}, {@code db:URL}, {@code file:…}, {@code entities}.
   */
  @Parameter(property = "whimbrel.from", defaultValue = "rev:head")
  private @Nullable String from;

  /** The schema to arrive at. */
  @Parameter(property = "whimbrel.to", defaultValue = "entities")
  private @Nullable String to;

  @Override
  List<String> own() {
    List<String> arguments = new ArrayList<>(super.own());
    arguments.add(String.valueOf(from));
    arguments.add(String.valueOf(to));
    return arguments;
  }

  @Override
  String name() {
    return "diff";
  }
}
