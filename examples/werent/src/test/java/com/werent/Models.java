package com.werent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The sources of the service, edited and compiled as a developer would. */
final class Models {
  private static final Path SOURCES = Path.of("src/main/java");

  private Models() {}

  /**
   * Compiles the service to a folder, beside a file that lists its class path.
   *
   * @param field what is added to the class of the users; empty for nothing
   */
  static void compile(Path classes, String field) throws IOException {
    Path edited = Files.createDirectories(classes.resolve("sources"));
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d"));
    arguments.add(classes.toString());
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        Path copy = edited.resolve(SOURCES.relativize(file));
        String text = Files.readString(file);
        Files.createDirectories(copy.getParent());
        Files.writeString(
            copy,
            file.endsWith("User.java")
                ? text.replace("  protected User() {}", field + "\n  protected User() {}")
                : text);
        arguments.add(copy.toString());
      }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
      throw new AssertionError("The edited models do not compile");
    }
    List<String> entries = new ArrayList<>(List.of(classes.toString()));
    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .forEach(entries::add);
    Files.write(classes.resolve("classpath.txt"), entries);
  }
}
