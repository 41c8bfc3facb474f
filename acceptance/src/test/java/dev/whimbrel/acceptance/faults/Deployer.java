package dev.whimbrel.acceptance.faults;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** {@code whimbrel deploy} as a process of its own. */
final class Deployer {
  private final List<String> java;

  private Deployer(List<String> java) {
    this.java = java;
  }

  /** From the classes as they are. */
  static Deployer plain() {
    return new Deployer(List.of("-cp", System.getProperty("java.class.path")));
  }

  /**
   * Made to start fast, for many runs: from jars, with an archive of classes that a first run, to
   * its end, leaves behind.
   */
  static Deployer quick(Path folder, Path migrations, String url) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      jars.add(
          Files.isDirectory(path)
              ? pack(path, folder.resolve("classes-" + jars.size() + ".jar")).toString()
              : entry);
    }
    Path archive = folder.resolve("deployer.jsa");
    Deployer quick =
        new Deployer(
            List.of(
                "-Xshare:auto",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + archive,
                "-cp",
                String.join(File.pathSeparator, jars)));
    try {
      Process first = quick.start(migrations, url);
      if (!first.waitFor(5, TimeUnit.MINUTES) || first.exitValue() != 0) {
        first.destroyForcibly();
        throw new IOException("a deployment without a fault failed");
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
    return quick;
  }

  /** Starts one whose words nobody hears. */
  Process start(Path migrations, String url) throws IOException {
    return start(migrations, url, Optional.empty());
  }

  /** Starts one whose words go to a file. */
  Process start(Path migrations, String url, Optional<Path> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(java);
    command.addAll(
        List.of("dev.whimbrel.cli.Main", "-C", migrations.resolve("..").toString(), "deploy"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("WHIMBREL_MIGRATIONS", migrations.getFileName().toString());
    builder.environment().put("WHIMBREL_DATABASE_URL", url);
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        words
            .map(file -> ProcessBuilder.Redirect.to(file.toFile()))
            .orElse(ProcessBuilder.Redirect.DISCARD));
    return builder.start();
  }

  private static Path pack(Path directory, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out);
        Stream<Path> files = Files.walk(directory)) {
      files.filter(Files::isRegularFile).sorted().forEach(file -> add(packed, directory, file));
    }
    return jar;
  }

  private static void add(JarOutputStream packed, Path directory, Path file) {
    try {
      String name = directory.relativize(file).toString().replace(File.separatorChar, '/');
      packed.putNextEntry(new JarEntry(name));
      Files.copy(file, packed);
      packed.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
