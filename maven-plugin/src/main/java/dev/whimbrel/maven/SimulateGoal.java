package dev.whimbrel.maven;

import org.apache.maven.plugins.annotations.Mojo;

/** Shows what {@code deploy} would do, rehearsed on a scratch database. */
@Mojo(name = "simulate", requiresProject = false, threadSafe = true)
public final class SimulateGoal extends TargetGoal {
  @Override
  String name() {
    return "simulate";
  }
}
