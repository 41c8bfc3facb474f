package dev.whimbrel.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.error.WhimbrelException;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationFilesTest {
  @TempDir private Path folder;

  @Test
  void readsRevisionsOutOfAJarAndTidiesUp() throws IOException {
    Path jar = folder.resolve("application.jar");
    try (FileSystem zip =
        FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of("create", "true"))) {
      Files.createDirectories(zip.getPath("migrations/2026"));
      Files.writeString(zip.getPath("migrations/HEAD"), "a\n");
      Files.writeString(zip.getPath("migrations/2026/a.sql"), "-- revision: a\n");
    }
    Path copy;
    try (URLClassLoader loader = loader(jar);
        MigrationFiles files = MigrationFiles.at(null, loader)) {
      copy = files.directory();
      assertThat(copy.resolve("HEAD")).hasContent("a\n");
      assertThat(copy.resolve("2026/a.sql")).exists();
    }
    assertThat(copy).doesNotExist();
  }

  @Test
  void usesAClassFolderInPlace() throws IOException {
    Path migrations = Databases.migrations(folder.resolve("migrations"));
    try (URLClassLoader loader = loader(folder);
        MigrationFiles files = MigrationFiles.at("classpath:migrations/", loader)) {
      assertThat(files.directory().toRealPath()).isEqualTo(migrations.toRealPath());
    }
    assertThat(migrations.resolve("HEAD")).exists();
  }

  @Test
  void saysWhereItLookedInVain() throws IOException {
    try (URLClassLoader loader = loader(folder)) {
      assertThatThrownBy(() -> MigrationFiles.at("classpath:db/birds", loader))
          .isInstanceOf(WhimbrelException.class)
          .hasMessageContaining("classpath:db/birds");
    }
  }

  private static URLClassLoader loader(Path path) throws IOException {
    return new URLClassLoader(new URL[] {path.toUri().toURL()}, null);
  }
}
