package dev.whimbrel.maven;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Checks files, graph and HEAD; with {@code -Dwhimbrel.env} also the database, whose drift it
 * adopts or reverts where that is asked for.
 */
@Mojo(name = "verify", requiresProject = false, threadSafe = true)
public final class VerifyGoal extends DatabaseGoal {
  /** Write what changed by hand as a revision with this message, and record it. */
  @Parameter(property = "whimbrel.adopt")
  private @Nullable String adopt;

  /** Print the SQL that undoes what changed by hand. */
  @Parameter(property = "whimbrel.revert")
  private boolean revert;

  /** With adopt: what was renamed, such as users.name=users.full_name. */
  @Parameter(property = "whimbrel.rename")
  private @Nullable List<String> rename;

  /** Each change in one plain statement, which may block users. */
  @Parameter(property = "whimbrel.offline")
  private boolean offline;

  @Override
  String name() {
    return "verify";
  }

  @Override
  List<String> own() {
    List<String> arguments = new ArrayList<>(super.own());
    add(arguments, "--adopt", adopt);
    flag(arguments, "--revert", revert);
    if (rename != null) {
      rename.forEach(each -> arguments.add("--rename=" + each));
    }
    flag(arguments, "--offline", offline);
    return arguments;
  }
}
