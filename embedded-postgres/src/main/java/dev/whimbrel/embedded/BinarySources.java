package dev.whimbrel.embedded;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Finds the binaries of a major version: on the class path, in the given folder, unpacked already,
 * in the local Maven repository, or fetched by the user's own Maven, in this order.
 */
final class BinarySources {
  private static final String GROUP = "io.zonky.test.postgres";
  private static final String FETCH = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy";

  private final EmbeddedSettings settings;
  private final Platform platform;
  private final Path cache;
  private final Pattern fileName;

  BinarySources(EmbeddedSettings settings, Platform platform, Path cache) {
    this.settings = settings;
    this.platform = platform;
    this.cache = cache;
    this.fileName = Pattern.compile(Pattern.quote(platform.artifact()) + "-([0-9.]+)\\.jar");
  }

  /** Something that can be opened, once or more. */
  interface Archive {
    InputStream open() throws IOException;
  }

  /** A release and its packed programs. */
  record Found(Release release, Archive archive) {}

  /** The newest release in the first place that has any. */
  Found find(int major) {
    String release = published(major);
    List<String> tried = new ArrayList<>();
    List<Supplier<Optional<Found>>> places =
        List.of(
            () -> onClassPath(major, tried),
            () -> inFolder(major, settings.binaries(), tried),
            () -> unpacked(major, tried),
            () -> inRepository(major, tried),
            () -> fetched(major, release, tried));
    return places.stream()
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() ->
            Problem.of(ErrorCode.E_SCRATCH, "embedded.no-binaries")
                .with("major", major)
                .with("tried", String.join("\n", tried))
                .with("artifact", GROUP + ":" + platform.artifact() + ":" + release)
                .toException());
  }

  /** The release this version of Whimbrel was tested with; refuses majors it does not know. */
  private static String published(int major) {
    Properties releases = new Properties();
    try (InputStream in = BinarySources.class.getResourceAsStream("binaries.properties")) {
      releases.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String release = releases.getProperty(Integer.toString(major));
    if (release == null) {
      TreeSet<Integer> known = new TreeSet<>();
      releases.stringPropertyNames().forEach(name -> known.add(Integer.valueOf(name)));
      Integer lower = known.floor(major);
      throw Problem.of(ErrorCode.E_CONFIG, "embedded.unknown-major")
          .with("major", major)
          .with("known", known.stream().map(String::valueOf).collect(Collectors.joining(", ")))
          .with("nearest", lower == null ? known.first() : lower)
          .toException();
    }
    return release;
  }

  /**
   * The name of the archive is the same in each release, so the jar's name has to tell them apart.
   */
  private Optional<Found> onClassPath(int major, List<String> tried) {
    tried.add("the class path: no " + platform.artifact() + "-" + major + ".*.jar");
    try {
      ClassLoader loader = BinarySources.class.getClassLoader();
      List<Found> found = new ArrayList<>();
      for (URL url : Collections.list(loader.getResources(platform.archive()))) {
        release(url.toString(), major)
            .ifPresent(release -> found.add(new Found(release, url::openStream)));
      }
      return newest(found.stream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Found> inFolder(int major, @Nullable Path folder, List<String> tried) {
    if (folder == null) {
      tried.add("a folder of binaries: none is configured (WHIMBREL_POSTGRES_BINARIES)");
      return Optional.empty();
    }
    tried.add(folder + ": no " + platform.artifact() + "-" + major + ".*.jar");
    return jars(folder, major);
  }

  private Optional<Found> unpacked(int major, List<String> tried) {
    tried.add(cache + ": PostgreSQL " + major + " was not unpacked before");
    return newest(
        entries(cache).stream()
            .filter(Files::isDirectory)
            .flatMap(folder -> Release.parse(folder.getFileName().toString()).stream())
            .filter(release -> release.major() == major)
            .map(release -> new Found(release, InputStream::nullInputStream)));
  }

  private Optional<Found> inRepository(int major, List<String> tried) {
    Path folder = settings.localRepository();
    for (String part : GROUP.split("\\.", -1)) {
      folder = folder.resolve(part);
    }
    folder = folder.resolve(platform.artifact());
    tried.add(folder + ": no " + major + ".*");
    return newest(entries(folder).stream().flatMap(version -> jars(version, major).stream()));
  }

  private Optional<Found> fetched(int major, String release, List<String> tried) {
    if (settings.maven() == null) {
      tried.add("Maven: not asked, as fetching is switched off");
      return Optional.empty();
    }
    Path downloads = cache.resolve("downloads");
    Optional<Found> before = jars(downloads, major);
    if (before.isPresent()) {
      return before;
    }
    // Not straight into the folder, where another process could see half a file.
    Path part = cache.resolve("download-" + ProcessHandle.current().pid());
    try {
      Files.createDirectories(downloads);
      Files.createDirectories(part);
      List<String> command =
          List.of(
              settings.maven(),
              "-B",
              "-q",
              FETCH,
              "-Dartifact=" + GROUP + ":" + platform.artifact() + ":" + release,
              "-DoutputDirectory=" + part);
      Programs.Outcome outcome = Programs.run(part, command);
      tried.add(String.join(" ", command) + ": " + firstLine(outcome));
      for (Path jar : Folders.entries(part)) {
        Files.move(jar, downloads.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
      Folders.delete(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jars(downloads, major);
  }

  private static String firstLine(Programs.Outcome outcome) {
    return outcome.text().lines().findFirst().orElse("ended with exit code " + outcome.exit());
  }

  private Optional<Found> jars(Path folder, int major) {
    return newest(
        entries(folder).stream()
            .flatMap(jar ->
                release(jar.getFileName().toString(), major).stream()
                    .map(release -> new Found(release, () -> open(jar)))));
  }

  private Optional<Release> release(String text, int major) {
    Matcher found = fileName.matcher(text);
    return found.find()
        ? Release.parse(found.group(1)).filter(release -> release.major() == major)
        : Optional.empty();
  }

  private InputStream open(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      var entry = zip.getEntry(platform.archive());
      if (entry == null) {
        throw new IOException(jar + " has no " + platform.archive());
      }
      // Read whole, so that nothing has to remember to close the jar: some 15 MB.
      return new ByteArrayInputStream(zip.getInputStream(entry).readAllBytes());
    }
  }

  private static Optional<Found> newest(Stream<Found> found) {
    return found.max(Comparator.comparing(Found::release));
  }

  private static List<Path> entries(Path folder) {
    try {
      return Folders.entries(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
