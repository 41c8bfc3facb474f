package dev.whimbrel.embedded;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes initialised data folders, by copying a template that {@code initdb} made once. A home is a
 * folder with {@code data} and {@code password}, the superuser's, which only its owner can read.
 */
final class DataFolder {
  static final String USER = "postgres";

  /** To be raised when the arguments of {@code initdb} change. */
  private static final int TEMPLATE = 1;

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private DataFolder() {}

  /** Fills {@code home}, a private folder without {@code data}, with a new cluster. */
  static void create(Toolbox tools, Binaries.Installed installed, Path home) throws IOException {
    Path template = template(tools, installed);
    Path part = home.resolve("data.part");
    Folders.delete(part);
    Files.copy(
        template.resolve("password"),
        home.resolve("password"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    Folders.copy(template.resolve("data"), part);
    tools.user().own(home);
    Files.move(part, home.resolve("data"));
  }

  /** Writes a new cluster to the disk, so that a crash of the machine leaves it whole. */
  static void sync(Toolbox tools, Binaries.Installed installed, Path home) throws IOException {
    List<String> command =
        List.of(
            installed.program(tools.platform(), "initdb"),
            "--sync-only",
            "-D",
            home.resolve("data").toString());
    Programs.Outcome outcome = Programs.run(home, tools.user().wrap(command));
    if (!outcome.succeeded()) {
      throw new IOException(outcome.text());
    }
  }

  /** The superuser's password. */
  static String password(Path home) throws IOException {
    return Files.readString(home.resolve("password")).strip();
  }

  private static Path template(Toolbox tools, Binaries.Installed installed) throws IOException {
    Path folder = installed.home().resolveSibling(installed.release() + "-template-" + TEMPLATE);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Path file = folder.resolveSibling(folder.getFileName() + ".lock");
    try (FolderLock lock = FolderLock.acquire(file, LIMIT).orElse(null)) {
      if (lock == null) {
        throw new IOException(file + " is held by another process");
      }
      if (!Files.isDirectory(folder)) {
        Path part = folder.resolveSibling(folder.getFileName() + ".part");
        Folders.delete(part);
        Folders.createPrivate(part);
        initialise(tools, installed, part);
        Files.move(part, folder);
      }
    }
    return folder;
  }

  private static void initialise(Toolbox tools, Binaries.Installed installed, Path home)
      throws IOException {
    byte[] secret = new byte[16];
    new SecureRandom().nextBytes(secret);
    Path password = home.resolve("password");
    Files.writeString(password, HexFormat.of().formatHex(secret));
    tools.user().own(home);
    List<String> command =
        List.of(
            installed.program(tools.platform(), "initdb"),
            "-D",
            home.resolve("data").toString(),
            "-U",
            USER,
            "--pwfile=" + password,
            // Over the loopback only; a challenge would cost each connection some milliseconds.
            "--auth=password",
            "--encoding=UTF8",
            "--locale=C",
            "--wal-segsize=1",
            "--no-sync");
    Programs.Outcome outcome = Programs.run(home, tools.user().wrap(command));
    if (!outcome.succeeded()) {
      throw Problem.of(ErrorCode.E_SCRATCH, "embedded.initdb")
          .with("release", installed.release())
          .with("reason", outcome.text())
          .toException();
    }
  }
}
