package dev.whimbrel.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** A goal that reads the models: the project's compiled classes, on its runtime class path. */
abstract class ModelsGoal extends Goal {
  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private @Nullable MavenProject project;

  /** The packages of the entities, where whimbrel.toml does not say. */
  @Parameter(property = "whimbrel.entities")
  private @Nullable List<String> entities;

  /** What was renamed, such as {@code users.name=users.full_name}. */
  @Parameter(property = "whimbrel.rename")
  private @Nullable List<String> rename;

  /** What shall go though the models do not own it, such as {@code old_table}. */
  @Parameter(property = "whimbrel.drop")
  private @Nullable List<String> drop;

  /** Each change in one plain statement, which may block users. */
  @Parameter(property = "whimbrel.offline")
  private boolean offline;

  /** Refuse what no migration can express, instead of listing it. */
  @Parameter(property = "whimbrel.strict")
  private boolean strict;

  @Override
  List<String> own() {
    List<String> arguments = new ArrayList<>();
    if (rename != null) {
      rename.forEach(each -> arguments.add("--rename=" + each));
    }
    if (drop != null) {
      drop.forEach(each -> arguments.add("--drop=" + each));
    }
    flag(arguments, "--offline", offline);
    flag(arguments, "--strict", strict);
    return arguments;
  }

  @Override
  final Map<String, String> environment() throws MojoExecutionException {
    Map<String, String> environment = super.environment();
    if (project != null) {
      environment.put("WHIMBREL_MODELS_CLASSPATH", classPath(project).toString());
    }
    if (entities != null && !entities.isEmpty()) {
      environment.put("WHIMBREL_MODELS_ENTITIES", String.join(",", entities));
    }
    return environment;
  }

  /** A file with the entries, one a line. */
  private static Path classPath(MavenProject project) throws MojoExecutionException {
    Path file = Path.of(project.getBuild().getDirectory(), "whimbrel", "classpath.txt");
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, project.getRuntimeClasspathElements());
      return file.toAbsolutePath();
    } catch (IOException | DependencyResolutionRequiredException e) {
      throw new MojoExecutionException("Cannot tell the class path of the models", e);
    }
  }
}
