package dev.whimbrel.maven;

import org.apache.maven.plugins.annotations.Mojo;

/** Shows the version of the database, the latest version, and what is pending. */
@Mojo(name = "status", requiresProject = false, threadSafe = true)
public final class StatusGoal extends DatabaseGoal {
  @Override
  String name() {
    return "status";
  }
}
