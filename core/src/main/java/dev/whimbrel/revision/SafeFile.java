package dev.whimbrel.revision;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ThreadLocalRandom;

/** Writes files so that each is there as a whole or not at all. */
public final class SafeFile {
  private SafeFile() {}

  /**
   * Reads a small file in UTF-8, never through a link and never from a pipe or a device.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws IOException also if it is no plain file, or larger than {@code most} bytes
   */
  public static String read(Path path, long most) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new IOException(
          attributes.isSymbolicLink() ? "it is a link, not a file" : "it is not a file");
    }
    if (attributes.size() > most) {
      throw new IOException("it is larger than " + most + " bytes");
    }
    return Files.readString(path);
  }

  /**
   * Writes a new file in UTF-8, its folders included.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_FILE} if the file exists, or cannot be
   *     written
   */
  public static void create(Path path, String text) {
    write(path, text, false);
  }

  /**
   * Writes a file in UTF-8 and puts it in the place of an older one.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_FILE} if it cannot be written
   */
  public static void replace(Path path, String text) {
    write(path, text, true);
  }

  private static void write(Path path, String text, boolean replace) {
    Path folder = path.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
      Path temporary =
          path.resolveSibling(
              ".whimbrel-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp");
      try {
        fill(temporary, text);
        if (replace) {
          move(temporary, path);
        } else {
          moveToNew(temporary, path);
        }
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      boolean taken = e instanceof FileAlreadyExistsException && Files.exists(path);
      throw Problem.of(ErrorCode.E_FILE, taken ? "revision.file-exists" : "revision.unwritable")
          .with("file", path)
          .with("why", e.toString())
          .at(Place.of(path.toString()))
          .toException(e);
    }
  }

  private static void fill(Path path, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * A hard link is the one move that fails when the target exists; not all file systems have it.
   */
  private static void moveToNew(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (UnsupportedOperationException e) {
      Files.move(from, to);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (java.nio.file.FileSystemException e) {
      Files.move(from, to);
    }
  }
}
