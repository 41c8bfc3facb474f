package dev.whimbrel.hibernate;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.hibernate.worker.Answer;
import dev.whimbrel.hibernate.worker.Request;
import dev.whimbrel.hibernate.worker.Worker;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Runs the worker in a JVM of its own, in a private folder that is gone afterwards. */
final class WorkerProcess {
  private static final String WORKER_PACKAGE =
      Worker.class.getPackageName().replace('.', '/') + "/";
  private static final int TAIL = 15;

  private final ModelOptions options;
  private final Path folder;

  private WorkerProcess(ModelOptions options, Path folder) {
    this.options = options;
    this.folder = folder;
  }

  /**
   * Asks the worker.
   *
   * @throws dev.whimbrel.error.WhimbrelException if it cannot be started, dies, or takes too long
   */
  static Answer ask(ModelOptions options, Request request) {
    try {
      Path folder = Files.createTempDirectory("whimbrel-models");
      try {
        return new WorkerProcess(options, folder).run(request);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer run(Request request) throws IOException {
    Path question = folder.resolve("request");
    Path answer = folder.resolve("answer");
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(question))) {
      request.write(out);
    }
    copyWorker();
    Path arguments = folder.resolve("arguments");
    Files.writeString(arguments, arguments(question, answer), StandardCharsets.UTF_8);
    Path output = folder.resolve("output");
    int exit = await(start(arguments, output), output);
    if (exit != 0 || !Files.exists(answer)) {
      throw Problem.of(ErrorCode.E_SOURCE, "hibernate.worker-died")
          .with("exit", exit)
          .with("output", tail(output))
          .toException();
    }
    try (DataInputStream in = new DataInputStream(Files.newInputStream(answer))) {
      return Answer.read(in);
    }
  }

  private Process start(Path arguments, Path output) throws IOException {
    Path home = options.javaHome();
    Path java =
        (home == null ? Path.of(System.getProperty("java.home")) : home).resolve("bin/java");
    try {
      return new ProcessBuilder(java.toString(), "@" + arguments)
          .directory(options.directory().toFile())
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
    } catch (IOException e) {
      throw Problem.of(ErrorCode.E_SOURCE, "hibernate.no-java")
          .with("java", java)
          .with("reason", String.valueOf(e.getMessage()))
          .toException(e);
    }
  }

  private int await(Process process, Path output) throws IOException {
    try {
      if (process.waitFor(options.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      throw Problem.of(ErrorCode.E_SOURCE, "hibernate.timeout")
          .with("seconds", options.timeout().toSeconds())
          .with("output", tail(output))
          .toException();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.of(ErrorCode.E_CANCELLED, "hibernate.interrupted").toException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  private String arguments(Path question, Path answer) {
    List<Path> classPath = new ArrayList<>(options.classPath().entries());
    classPath.add(folder);
    String joined =
        classPath.stream()
            .map(entry -> entry.toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    return Stream.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx1g",
            "-Djava.awt.headless=true",
            "-Dfile.encoding=UTF-8",
            "-cp",
            joined,
            Worker.class.getName(),
            question.toString(),
            answer.toString())
        .map(WorkerProcess::quoted)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Only the worker's own classes go to the user's class path, nothing else of Whimbrel. */
  private void copyWorker() throws IOException {
    Path target = Files.createDirectories(folder.resolve(WORKER_PACKAGE));
    Path source = source();
    if (Files.isDirectory(source)) {
      try (Stream<Path> files = Files.list(source.resolve(WORKER_PACKAGE))) {
        for (Path file : files.toList()) {
          Files.copy(file, target.resolve(file.getFileName().toString()));
        }
      }
      return;
    }
    try (ZipFile jar = new ZipFile(source.toFile())) {
      for (ZipEntry entry : jar.stream().filter(WorkerProcess::isWorker).toList()) {
        try (InputStream in = jar.getInputStream(entry)) {
          Files.copy(in, target.resolve(entry.getName().substring(WORKER_PACKAGE.length())));
        }
      }
    }
  }

  private static boolean isWorker(ZipEntry entry) {
    return entry.getName().startsWith(WORKER_PACKAGE) && entry.getName().endsWith(".class");
  }

  private static Path source() {
    try {
      return Path.of(Worker.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String tail(Path output) throws IOException {
    if (!Files.exists(output)) {
      return "";
    }
    String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    List<String> lines = text.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
