package dev.whimbrel.hibernate;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the trees of {@code src/test/models} against real runtimes. */
final class Sources {
  private static final Path MODELS = Path.of("src/test/models");
  private static final Path RUNTIMES = Path.of("target/runtimes");

  private Sources() {}

  /** The jars of these runtimes, such as {@code 6.6}, {@code common}. */
  static List<Path> jars(String... runtimes) {
    List<Path> jars = new ArrayList<>();
    for (String runtime : runtimes) {
      try (Stream<Path> files = Files.list(RUNTIMES.resolve(runtime))) {
        files.sorted().forEach(jars::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return jars;
  }

  /** Compiles a tree, with its other files beside the classes, for a runtime. */
  static ClassPath compile(Path target, String tree, List<Path> jars) {
    return new ClassPath(List.of(classes(target, MODELS.resolve(tree), jars)), jars, List.of());
  }

  /** Compiles texts, named as their files are; what is not Java is copied. */
  static ClassPath compile(Path folder, Map<String, String> texts, List<Path> jars) {
    Path sources = folder.resolve("sources");
    texts.forEach((name, text) -> {
      try {
        Files.createDirectories(sources.resolve(name).getParent());
        Files.writeString(sources.resolve(name), text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    return new ClassPath(
        List.of(classes(folder.resolve("classes"), sources, jars)), jars, List.of());
  }

  static Path classes(Path target, Path sources, List<Path> jars) {
    try (Stream<Path> files = Files.walk(sources)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      Files.createDirectories(target);
      for (Path file : all) {
        if (!file.toString().endsWith(".java")) {
          Path copy = target.resolve(sources.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
      javac(target, all.stream().filter(file -> file.toString().endsWith(".java")).toList(), jars);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void javac(Path target, List<Path> sources, List<Path> jars) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String classPath = jars.stream().map(Path::toString).collect(Collectors.joining(":"));
    StringWriter output = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  output,
                  files,
                  null,
                  List.of("-d", target.toString(), "-cp", classPath, "-proc:none", "-nowarn"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!compiled) {
        throw new IllegalStateException(output.toString());
      }
    }
  }
}
