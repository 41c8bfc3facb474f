package dev.whimbrel.maven;

import org.apache.maven.plugins.annotations.Mojo;

/** Checks files, graph and HEAD; with {@code -Dwhimbrel.env} also the database. */
@Mojo(name = "verify", requiresProject = false, threadSafe = true)
public final class VerifyGoal extends DatabaseGoal {
  @Override
  String name() {
    return "verify";
  }
}
