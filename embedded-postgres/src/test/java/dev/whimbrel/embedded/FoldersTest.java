package dev.whimbrel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  private static final int CROWD = 8;
  private static final int ROUNDS = 500;

  @TempDir private Path folder;

  @Test
  void makesOnePrivateFolderForAllWhoAskAtOnce() throws Exception {
    Phaser start = new Phaser(CROWD);
    try (ExecutorService crowd = Executors.newFixedThreadPool(CROWD)) {
      List<Future<?>> all = new ArrayList<>();
      for (int member = 0; member < CROWD; member++) {
        all.add(crowd.submit(() -> makeAll(start)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path(0))))
        .isEqualTo("rwx------");
  }

  private Void makeAll(Phaser start) throws Exception {
    try {
      for (int round = 0; round < ROUNDS; round++) {
        start.arriveAndAwaitAdvance();
        assertThat(Folders.createPrivate(path(round))).isDirectory();
      }
      return null;
    } finally {
      start.arriveAndDeregister(); // Nobody waits for one that failed.
    }
  }

  private Path path(int round) {
    return folder.resolve("parent").resolve(String.valueOf(round));
  }
}
