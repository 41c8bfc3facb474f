package dev.whimbrel.maven;

import org.apache.maven.plugins.annotations.Mojo;

/** Applies pending revisions. */
@Mojo(name = "upgrade", requiresProject = false, threadSafe = true)
public final class UpgradeGoal extends TargetGoal {
  @Override
  String name() {
    return "upgrade";
  }
}
