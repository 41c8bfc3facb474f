package dev.whimbrel.embedded;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Servers that live no longer than their process, and the removal of those that did. */
final class ScratchCluster {
  /** Nothing here has to survive a crash, so nothing waits for the disk. */
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("fsync", "off"),
          Map.entry("full_page_writes", "off"),
          Map.entry("synchronous_commit", "off"),
          Map.entry("autovacuum", "off"),
          Map.entry("max_wal_size", "1GB"),
          Map.entry("checkpoint_timeout", "1h"),
          Map.entry("shared_buffers", "64MB"),
          Map.entry("max_connections", "200"),
          Map.entry("max_prepared_transactions", "10"),
          Map.entry("wal_level", "logical"));

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private ScratchCluster() {}

  static EmbeddedPostgres start(Toolbox tools, int major) {
    Binaries.Installed installed = tools.binaries().of(major);
    Path root = tools.cache().resolve("scratch");
    String name = major + "-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    Path home = root.resolve(name);
    FolderLock owner = claim(tools, installed, root, name);
    Postmaster postmaster = new Postmaster(tools, installed, home);
    Runnable end = () -> end(postmaster, home, owner);
    try {
      Folders.createPrivate(home);
      DataFolder.create(tools, installed, home);
      PidFile file = postmaster.start(SETTINGS);
      return EmbeddedPostgres.of(installed.release(), home, file, new Closing(end));
    } catch (IOException | RuntimeException e) {
      end.run();
      throw e instanceof RuntimeException known
          ? known
          : Problem.of(ErrorCode.E_SCRATCH, "embedded.start")
              .with("release", installed.release())
              .with("folder", home)
              .with("reason", String.valueOf(e.getMessage()))
              .toException(e);
    }
  }

  /** Marks a new home as ours, having removed the homes whose owners are gone. */
  private static FolderLock claim(
      Toolbox tools, Binaries.Installed installed, Path root, String name) {
    try (FolderLock all = FolderLock.acquire(root.resolve(".lock"), LIMIT).orElse(null)) {
      if (all == null) {
        throw new IOException(root.resolve(".lock") + " is held by another process");
      }
      for (Path file : Folders.entries(root)) {
        String left = file.getFileName().toString();
        if (left.endsWith(".owner")) {
          sweep(tools, installed, file);
        }
      }
      return FolderLock.tryAcquire(root.resolve(name + ".owner"), false).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void sweep(Toolbox tools, Binaries.Installed installed, Path file)
      throws IOException {
    Optional<FolderLock> dead = FolderLock.tryAcquire(file, false);
    if (dead.isPresent()) {
      String left = file.getFileName().toString();
      Path home = file.resolveSibling(left.substring(0, left.length() - ".owner".length()));
      end(new Postmaster(tools, installed, home), home, dead.get());
    }
  }

  private static void end(Postmaster postmaster, Path home, FolderLock owner) {
    try (owner) {
      postmaster.stop("immediate");
      Folders.delete(home);
      owner.deleteFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
