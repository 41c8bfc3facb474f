package dev.whimbrel.maven;

import org.apache.maven.plugins.annotations.Mojo;

/** The gate: compares, upgrades only when needed, verifies. */
@Mojo(name = "deploy", requiresProject = false, threadSafe = true)
public final class DeployGoal extends TargetGoal {
  @Override
  String name() {
    return "deploy";
  }
}
