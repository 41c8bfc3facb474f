package dev.whimbrel.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} in a data folder says.
 *
 * @param pid the server's process
 * @param startedAt when it started, by its own clock, in whole seconds
 * @param port the TCP port
 * @param ready whether it accepts connections
 */
record PidFile(long pid, Instant startedAt, int port, boolean ready) {
  /** Between a process's start and the moment its server wrote down the time. */
  private static final Duration LEEWAY = Duration.ofSeconds(10);

  static Optional<PidFile> read(Path data) {
    try {
      List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
      // The server writes the lines one after the other: 1 pid, 2 folder, 3 start, 4 port, 8
      // status.
      return lines.size() < 4
          ? Optional.empty()
          : Optional.of(
              new PidFile(
                  Long.parseLong(lines.get(0).strip()),
                  Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip())),
                  Integer.parseInt(lines.get(3).strip()),
                  lines.size() >= 8 && lines.get(7).strip().equals("ready")));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The server's process, if it still runs and its id was not given to another one since. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> !isZombie(process))
        .filter(process ->
            process
                .info()
                .startInstant()
                .map(start -> Duration.between(start, startedAt).abs().compareTo(LEEWAY) < 0)
                .orElse(true));
  }

  /** Ended, but not yet collected by its parent: in a container that may be never. */
  private static boolean isZombie(ProcessHandle process) {
    try {
      String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return status.substring(status.lastIndexOf(')') + 1).strip().startsWith("Z");
    } catch (IOException e) {
      return false;
    }
  }
}
