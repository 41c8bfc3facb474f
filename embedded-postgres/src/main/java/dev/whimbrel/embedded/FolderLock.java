package dev.whimbrel.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock among processes and threads, held on a file; the system lets it go when its process ends,
 * however it ends.
 */
final class FolderLock implements AutoCloseable {
  /**
   * The files this process holds. Static because the lock is the process's: on POSIX systems
   * closing <em>any</em> channel to the file lets it go, so a held file must not be opened again.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the lock, waiting while somebody else has it; empty when {@code limit} has passed. */
  static Optional<FolderLock> acquire(Path file, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<FolderLock> lock = tryAcquire(file, false);
      if (lock.isPresent() || System.nanoTime() > end) {
        return lock;
      }
      Pause.millis(5);
    }
  }

  /** Takes the lock if it is free now; a shared lock is free while only shared ones are held. */
  static Optional<FolderLock> tryAcquire(Path file, boolean shared) {
    Path key = file.toAbsolutePath().normalize();
    if (!HELD.add(key)) {
      return Optional.empty();
    }
    Optional<FolderLock> lock = Optional.empty();
    try {
      lock = open(key, shared);
      return lock;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (lock.isEmpty()) {
        HELD.remove(key);
      }
    }
  }

  private static Optional<FolderLock> open(Path file, boolean shared) throws IOException {
    Files.createDirectories(file.getParent());
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock(0, Long.MAX_VALUE, shared);
      return lock == null ? Optional.empty() : Optional.of(new FolderLock(file, channel));
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  /** Deletes the file while the lock is still held; then {@link #close} lets it go. */
  void deleteFile() throws IOException {
    try {
      Files.delete(file);
    } catch (NoSuchFileException e) {
      // Gone already, which is what is wanted.
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD.remove(file);
    }
  }
}
