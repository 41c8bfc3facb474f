package dev.whimbrel.maven;

import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Fails when the models need a migration. */
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
@Mojo(name = "check", requiresDependencyResolution = ResolutionScope.RUNTIME, threadSafe = true)
public final class CheckGoal extends ModelsGoal {
  @Override
  String name() {
    return "check";
  }
}
