package dev.whimbrel.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The files that {@code init} writes, kept as resources. */
final class Templates {
  /** What {@code --template} takes. */
  static final List<String> PLATFORMS = List.of("render", "heroku", "fly", "kubernetes", "github");

  private Templates() {}

  /**
   * A file to write.
   *
   * @param path relative to the project
   */
  record File(String path, String text, boolean executable) {}

  /** The files of a platform, or of every {@code project}. */
  static List<File> of(String name) {
    return switch (name) {
      case "project" ->
          List.of(
              file("project/whimbrel.toml", "whimbrel.toml"),
              file("project/gitkeep", "migrations/.gitkeep"),
              file("project/gitignore", ".gitignore"));
      case "render" ->
          List.of(
              file("render/render.yaml", "render.yaml"),
              file("docker/Dockerfile", "Dockerfile"),
              file("docker/dockerignore", ".dockerignore"),
              file("docker/docker-entrypoint.sh", "docker-entrypoint.sh"));
      case "heroku" ->
          List.of(
              file("heroku/heroku.yml", "heroku.yml"),
              file("docker/Dockerfile", "Dockerfile"),
              file("docker/dockerignore", ".dockerignore"),
              file("docker/docker-entrypoint.sh", "docker-entrypoint.sh"));
      case "fly" ->
          List.of(
              file("fly/fly.toml", "fly.toml"),
              file("docker/Dockerfile", "Dockerfile"),
              file("docker/dockerignore", ".dockerignore"),
              file("docker/docker-entrypoint.sh", "docker-entrypoint.sh"));
      case "kubernetes" ->
          List.of(
              file("kubernetes/migrate.yaml", "kubernetes/migrate.yaml"),
              file("kubernetes/app.yaml", "kubernetes/app.yaml"),
              file("docker/Dockerfile", "Dockerfile"),
              file("docker/dockerignore", ".dockerignore"),
              file("docker/docker-entrypoint.sh", "docker-entrypoint.sh"));
      case "github" -> List.of(file("github/migrations.yml", ".github/workflows/migrations.yml"));
      default -> List.of();
    };
  }

  /** What is left for a person to do on a platform. */
  static List<String> nextSteps(String platform) {
    String distribution = "put whimbrel-" + Version.text() + ".tar.gz beside the Dockerfile";
    return switch (platform) {
      case "render" ->
          List.of(
              distribution,
              "set DATABASE_URL in Render's dashboard, or link a database in render.yaml",
              "on the free plan set WHIMBREL_ON_START=deploy: it has no pre-deploy command");
      case "heroku" -> List.of(distribution, "heroku stack:set container", "git push heroku main");
      case "fly" -> List.of(distribution, "fly secrets set DATABASE_URL=...", "fly deploy");
      case "kubernetes" ->
          List.of(
              distribution,
              "kubectl create secret generic database --from-literal=url=...",
              "kubectl apply -f kubernetes/migrate.yaml -f kubernetes/app.yaml");
      case "github" ->
          List.of("set the secret DATABASE_URL in the repository's environment production");
      default -> List.of();
    };
  }

  private static File file(String resource, String path) {
    String name = "/dev/whimbrel/cli/templates/" + resource;
    try (InputStream in = Templates.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new File(path, text.replace("@version@", Version.text()), path.endsWith(".sh"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
