package dev.whimbrel.embedded;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks a release's programs into the cache, once; safe when several processes do so at once. */
final class Binaries {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Path cache;
  private final BinarySources sources;

  Binaries(Path cache, BinarySources sources) {
    this.cache = cache;
    this.sources = sources;
  }

  /**
   * Unpacked programs.
   *
   * @param home the folder with {@code bin}, {@code lib} and {@code share}
   * @param release such as {@code 18.6.0}
   */
  record Installed(Path home, Release release) {
    String program(Platform platform, String name) {
      return home.resolve("bin").resolve(platform.program(name)).toString();
    }
  }

  /** The programs of a major version, found or fetched and unpacked if need be. */
  Installed of(int major) {
    BinarySources.Found found = sources.find(major);
    Path home = cache.resolve(found.release().toString());
    try {
      if (!Files.isDirectory(home)) {
        unpackOnce(found, home);
      }
    } catch (IOException e) {
      throw Problem.of(ErrorCode.E_SCRATCH, "embedded.unpack")
          .with("release", found.release())
          .with("folder", home)
          .with("reason", String.valueOf(e.getMessage()))
          .toException(e);
    }
    return new Installed(home, found.release());
  }

  private void unpackOnce(BinarySources.Found found, Path home) throws IOException {
    Path file = home.resolveSibling(home.getFileName() + ".lock");
    try (FolderLock lock = FolderLock.acquire(file, LIMIT).orElse(null)) {
      if (lock == null) {
        throw new IOException(file + " is held by another process");
      }
      if (Files.isDirectory(home)) {
        return;
      }
      Path part = home.resolveSibling(home.getFileName() + ".part");
      Folders.delete(part);
      try (InputStream in = found.archive().open()) {
        unpack(in, part);
      }
      Files.move(part, home);
    }
  }

  private static void unpack(InputStream in, Path target) throws IOException {
    Files.createDirectories(target);
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("the archive has a path outside of it: " + entry.getName());
        }
        unpack(tar, entry, path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      if ((entry.getMode() & 0100) != 0
          && Files.getFileStore(path).supportsFileAttributeView("posix")) {
        Set<PosixFilePermission> rights = EnumSet.copyOf(Files.getPosixFilePermissions(path));
        rights.add(PosixFilePermission.OWNER_EXECUTE);
        rights.add(PosixFilePermission.GROUP_EXECUTE);
        rights.add(PosixFilePermission.OTHERS_EXECUTE);
        Files.setPosixFilePermissions(path, rights);
      }
    }
  }
}
