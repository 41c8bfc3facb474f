package dev.whimbrel.maven;

import org.apache.maven.plugins.annotations.Mojo;

/** Takes revisions back. */
@Mojo(name = "downgrade", requiresProject = false, threadSafe = true)
public final class DowngradeGoal extends TargetGoal {
  @Override
  String name() {
    return "downgrade";
  }
}
