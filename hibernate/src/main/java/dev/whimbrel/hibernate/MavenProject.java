package dev.whimbrel.hibernate;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Maven module that a class folder belongs to; its own build says what is on the class path.
 */
final class MavenProject {
  private static final int TAIL = 12;
  private static final int DEPTH = 5;

  private final Path module;
  private final Path root;

  private MavenProject(Path module, Path root) {
    this.module = module;
    this.root = root;
  }

  /**
   * The nearest folder with a {@code pom.xml} at or above the classes.
   *
   * @throws dev.whimbrel.error.WhimbrelException if there is none
   */
  static MavenProject around(Path classes, Path project) {
    Path module = null;
    Path root = null;
    for (Path at = classes.toAbsolutePath(); at != null; at = at.getParent()) {
      boolean hasPom = Files.isRegularFile(at.resolve("pom.xml"));
      if (hasPom && module == null) {
        module = at;
      }
      if (module != null && !hasPom) {
        break;
      }
      root = hasPom ? at : root;
    }
    if (module == null || root == null) {
      boolean gradle =
          Stream.of("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts")
              .anyMatch(name -> Files.exists(project.resolve(name)));
      throw Problem.of(ErrorCode.E_SOURCE, "hibernate.no-build")
          .with("classes", classes)
          .with("build", gradle ? "Gradle" : "none")
          .toException();
    }
    return new MavenProject(module, root);
  }

  /**
   * The jars and folders of scope runtime, kept as long as no {@code pom.xml} changes.
   *
   * @param news is told before Maven is asked
   */
  List<Path> runtimeClassPath(Path cache, Consumer<String> news) {
    try {
      Path kept = cache.resolve("classpath-" + checksum() + ".txt");
      Optional<List<Path>> known = read(kept);
      if (known.isPresent()) {
        return known.get();
      }
      Files.createDirectories(cache);
      Path fresh = Files.createTempFile(cache, "classpath", ".txt");
      try {
        news.accept(
            "Asking Maven for the class path of %s, once for every change of its pom.xml"
                .formatted(module));
        ask(fresh);
        Files.copy(fresh, kept, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.delete(fresh);
      }
      return read(kept).orElse(List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<List<Path>> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    List<Path> entries =
        Arrays.stream(Files.readString(file).strip().split(Pattern.quote(File.pathSeparator), -1))
            .filter(entry -> !entry.isEmpty())
            .map(Path::of)
            .toList();
    return entries.stream().allMatch(Files::exists) ? Optional.of(entries) : Optional.empty();
  }

  private void ask(Path output) throws IOException {
    List<String> goal =
        List.of(
            "dependency:build-classpath",
            "-DincludeScope=runtime",
            "-Dmdep.regenerateFile=true",
            "-Dmdep.outputFile=" + output);
    List<String> alone = new ArrayList<>(List.of("-q", "-B", "-N"));
    alone.addAll(goal);
    Outcome outcome = maven(module, alone);
    if (outcome.exit() != 0 && !module.equals(root)) {
      // Modules beside it may not be installed; their class folders do when built together.
      List<String> together =
          new ArrayList<>(
              List.of("-q", "-B", "-pl", root.relativize(module).toString(), "-am", "compile"));
      together.addAll(goal);
      outcome = maven(root, together);
    }
    if (outcome.exit() != 0) {
      throw Problem.of(ErrorCode.E_SOURCE, "hibernate.maven-failed")
          .with("module", module)
          .with("exit", outcome.exit())
          .with("output", outcome.tail())
          .toException();
    }
  }

  private record Outcome(int exit, String tail) {}

  private Outcome maven(Path directory, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(executable());
    command.addAll(arguments);
    Path log = Files.createTempFile("whimbrel-maven", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return new Outcome(-1, "No answer within 10 minutes.");
      }
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank())
              .toList();
      int from = Math.max(0, lines.size() - TAIL);
      return new Outcome(process.exitValue(), String.join("\n", lines.subList(from, lines.size())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.of(ErrorCode.E_CANCELLED, "hibernate.interrupted").toException(e);
    } catch (IOException e) {
      throw Problem.of(ErrorCode.E_SOURCE, "hibernate.no-maven")
          .with("command", command.getFirst())
          .with("module", module)
          .toException(e);
    } finally {
      Files.deleteIfExists(log);
    }
  }

  /** The wrapper of the module or of a folder above it, else {@code mvn} of the PATH. */
  private String executable() {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
    String wrapper = windows ? "mvnw.cmd" : "mvnw";
    for (Path at = module; at != null && at.startsWith(root); at = at.getParent()) {
      if (Files.isExecutable(at.resolve(wrapper))) {
        return at.resolve(wrapper).toString();
      }
    }
    return windows ? "mvn.cmd" : "mvn";
  }

  private String checksum() throws IOException {
    MessageDigest digest = Checksum.sha256();
    digest.update(module.toString().getBytes(StandardCharsets.UTF_8));
    try (Stream<Path> files = Files.walk(root, DEPTH)) {
      List<Path> poms =
          files
              .filter(file -> file.endsWith("pom.xml"))
              .filter(file -> !root.relativize(file).toString().contains("target"))
              .sorted()
              .toList();
      for (Path pom : poms) {
        digest.update(Files.readAllBytes(pom));
      }
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  /** A warning when a source of the module is newer than everything in its class folder. */
  Optional<String> staleness(Path classes) {
    Optional<Path> source = newest(module.resolve("src/main"), ".java", ".kt");
    Optional<Path> compiled = newest(classes, ".class");
    if (source.isEmpty() || compiled.isEmpty() || !isNewer(source.get(), compiled.get())) {
      return Optional.empty();
    }
    return Optional.of(
        "%s is newer than every class in %s; compile first, or the models are not what you wrote."
            .formatted(module.relativize(source.get()), classes));
  }

  private static boolean isNewer(Path one, Path other) {
    return modified(one).compareTo(modified(other)) > 0;
  }

  private static Optional<Path> newest(Path folder, String... endings) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Arrays.stream(endings).anyMatch(file.toString()::endsWith))
          .max(Comparator.comparing(MavenProject::modified));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
