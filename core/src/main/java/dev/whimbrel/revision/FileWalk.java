package dev.whimbrel.revision;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** Finds the revision files below a folder and refuses links that lead out of it or in circles. */
final class FileWalk {
  private final Path root;

  FileWalk(Path root) {
    this.root = root;
  }

  /** The files, each under the root as given, sorted. */
  List<Path> files() {
    if (!Files.exists(root)) {
      throw refused("revision.no-directory");
    }
    if (!Files.isDirectory(root)) {
      throw refused("revision.not-a-directory");
    }
    try {
      return walk(root.toRealPath());
    } catch (IOException e) {
      throw unreadable(root, e);
    }
  }

  private List<Path> walk(Path realRoot) {
    List<Path> files = new ArrayList<>();
    Deque<Path> folders = new ArrayDeque<>(List.of(root));
    while (!folders.isEmpty()) {
      Path folder = folders.pop();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path entry : entries) {
          if (entry.getFileName().toString().startsWith(".")) {
            continue;
          }
          if (isFolder(entry, realRoot)) {
            folders.push(entry);
          } else if (isRevision(entry)) {
            files.add(entry);
          }
        }
      } catch (IOException e) {
        throw unreadable(folder, e);
      }
    }
    files.sort(Comparator.comparing(Path::toString));
    return files;
  }

  private boolean isFolder(Path entry, Path realRoot) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isSymbolicLink()) {
      return attributes.isDirectory();
    }
    if (isRevision(entry) || Files.isDirectory(entry) || !Files.exists(entry)) {
      throw refusedLink(entry, realRoot);
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

  private boolean isRevision(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".sql") && !file.equals(root.resolve("schema.sql"));
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
