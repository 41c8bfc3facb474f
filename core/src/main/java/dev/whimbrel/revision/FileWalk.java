package dev.whimbrel.revision;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Finds the revision files below a folder and refuses links that lead out of it or in circles. */
final class FileWalk {
  private static final long MOST_BYTES = 64L << 20;

  /** What a system call reads without memory of its own in the JVM. */
  private static final int BUFFER = 8192;

  /** From here on a second thread is worth its start. */
  private static final int MANY = 100;

  private final Path root;

  FileWalk(Path root) {
    this.root = root;
  }

  /** The files with their contents, each under the root as given, in no order. */
  List<FoundFile> files() {
    requireThere();
    try {
      return walk();
    } catch (IOException e) {
      throw unreadable(root, e);
    }
  }

  void requireThere() {
    if (!Files.exists(root)) {
      throw refused("revision.no-directory");
    }
    if (!Files.isDirectory(root)) {
      throw refused("revision.not-a-directory");
    }
  }

  /** With {@code java.io}, which costs half of what {@code java.nio} does in a young process. */
  private List<FoundFile> walk() throws IOException {
    List<FoundFile> files = new ArrayList<>();
    Deque<String> folders = new ArrayDeque<>(List.of(root.toString()));
    while (!folders.isEmpty()) {
      String folder = folders.pop();
      String[] names = new File(folder.isEmpty() ? "." : folder).list();
      if (names == null) {
        throw unreadable(Path.of(folder), new AccessDeniedException(folder));
      }
      String prefix = folder.isEmpty() ? "" : folder + File.separator;
      @Nullable FoundFile[] found = read(prefix, names);
      for (int i = 0; i < names.length; i++) {
        FoundFile file = found[i];
        if (file != null) {
          files.add(file);
        } else if (isFolder(prefix + names[i], names[i])) {
          folders.push(prefix + names[i]);
        }
      }
    }
    return files;
  }

  /** Of what was not read as a revision; refuses what should have been. */
  private boolean isFolder(String path, String name) throws IOException {
    if (name.startsWith(".")) {
      return false;
    }
    boolean revision = isRevision(path, name);
    if (!revision && new File(path).isFile()) {
      return false;
    }
    boolean folder = isFolder(Path.of(path), revision);
    if (revision && !folder) {
      throw unreadable(
          Path.of(path),
          new File(path).isFile()
              ? new AccessDeniedException(path)
              : new IOException("it is not a file"));
    }
    return folder;
  }

  /** Many are read by two threads: in a young process a file takes the processor, not the disk. */
  private @Nullable FoundFile[] read(String prefix, String[] names) {
    @Nullable FoundFile[] found = new FoundFile[names.length];
    int half = names.length < MANY ? names.length : names.length / 2;
    FutureTask<@Nullable Void> rest =
        new FutureTask<>(() -> read(prefix, names, half, names.length, found), null);
    if (half < names.length) {
      Thread.ofPlatform().daemon().name("whimbrel-more-files").start(rest);
    } else {
      rest.run();
    }
    read(prefix, names, 0, half, found);
    Tasks.result(rest);
    return found;
  }

  private void read(String prefix, String[] names, int from, int to, @Nullable FoundFile[] found) {
    int below = root.toString().length();
    byte[] buffer = new byte[BUFFER];
    for (int i = from; i < to; i++) {
      String path = prefix + names[i];
      byte[] content = isRevision(path, names[i]) ? content(path, buffer) : null;
      found[i] = content == null ? null : new FoundFile(path, below, content);
    }
  }

  /**
   * Null for what can't be read as a file, such as a folder or a pipe.
   *
   * @throws WhimbrelException {@code E_FILE} when it is too large to be a revision
   */
  static byte @Nullable [] content(String path) {
    return content(path, new byte[BUFFER]);
  }

  /** With as few calls of the system as a small file needs: there may be a thousand. */
  private static byte @Nullable [] content(String path, byte[] buffer) {
    File file = new File(path);
    if (!file.isFile()) {
      return null;
    }
    try (FileInputStream in = new FileInputStream(file)) {
      int length = in.readNBytes(buffer, 0, buffer.length);
      if (length < buffer.length) {
        return Arrays.copyOf(buffer, length);
      }
      if (file.length() > MOST_BYTES) {
        throw Problem.of(ErrorCode.E_FILE, "revision.too-large")
            .with("megabytes", MOST_BYTES >> 20)
            .at(Place.of(path))
            .toException();
      }
      byte[] rest = in.readAllBytes();
      byte[] whole = Arrays.copyOf(buffer, length + rest.length);
      System.arraycopy(rest, 0, whole, length, rest.length);
      return whole;
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Refuses links among files that were found.
   *
   * @throws WhimbrelException {@code E_FILE}
   */
  void refuseLinks(List<FoundFile> files) {
    for (FoundFile file : files) {
      try {
        isFolder(file.path(), true);
      } catch (IOException e) {
        throw unreadable(file.path(), e);
      }
    }
  }

  private boolean isFolder(Path entry, boolean revision) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isSymbolicLink()) {
      return attributes.isDirectory();
    }
    if (revision || Files.isDirectory(entry) || !Files.exists(entry)) {
      throw refusedLink(entry, root.toRealPath());
    }
    return false;
  }

  /** Whatever a link inside the folder leads to is read in its own place already. */
  private WhimbrelException refusedLink(Path link, Path realRoot) throws IOException {
    if (!Files.exists(link)) {
      return link(link, "", "revision.link-broken");
    }
    Path target = link.toRealPath();
    if (!target.startsWith(realRoot)) {
      return link(link, target.toString(), "revision.link-outside");
    }
    Path real = realRoot.resolve(root.relativize(link));
    String shown = MigrationsDirectory.shown(root, root.resolve(realRoot.relativize(target)));
    return link(
        link, shown, real.startsWith(target) ? "revision.link-loop" : "revision.link-twice");
  }

  private boolean isRevision(String path, String name) {
    return name.endsWith(".sql")
        && !name.startsWith(".")
        && !(name.equals("schema.sql") && Path.of(path).equals(root.resolve("schema.sql")));
  }

  private WhimbrelException refused(String key) {
    return Problem.of(ErrorCode.E_FILE, key)
        .with("directory", root)
        .at(Place.of(root.toString()))
        .toException();
  }

  private WhimbrelException link(Path link, String target, String key) {
    String shown = MigrationsDirectory.shown(root, link);
    return Problem.of(ErrorCode.E_FILE, key)
        .with("link", shown)
        .with("target", target)
        .at(Place.of(shown))
        .toException();
  }

  private WhimbrelException unreadable(Path path, IOException e) {
    String shown = MigrationsDirectory.shown(root, path);
    return Problem.of(ErrorCode.E_FILE, "revision.unreadable")
        .with("file", shown)
        .with("why", e.toString())
        .at(Place.of(shown))
        .toException(e);
  }
}
