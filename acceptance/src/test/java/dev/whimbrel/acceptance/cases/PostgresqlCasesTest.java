package dev.whimbrel.acceptance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.testkit.CaseFile;
import dev.whimbrel.testkit.CaseRunner;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every case file; {@code -Dwhimbrel.cases.rewrite=true} rewrites those that fail. */
class PostgresqlCasesTest {
  private static final Path CASES = Path.of("cases", "postgresql");
  private static final int FEWEST = 84;

  private final CaseRunner runner = new CaseRunner(Boolean.getBoolean("whimbrel.cases.rewrite"));

  @Test
  void thereAreManyCases() throws IOException {
    assertThat(files()).hasSizeGreaterThan(FEWEST);
  }

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    return files().stream()
        .map(file -> DynamicTest.dynamicTest(CASES.relativize(file).toString(), () -> run(file)));
  }

  private void run(Path path) throws IOException, SQLException {
    CaseFile file = CaseFile.read(path);
    int major = file.major(EmbeddedPostgres.DEFAULT_MAJOR);
    try (TestDatabase before = PostgresExtension.create(major);
        TestDatabase after = PostgresExtension.create(major);
        Connection first = before.connect();
        Connection second = after.connect()) {
      runner.run(file, major, first, second);
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(CASES)) {
      return all.filter(file -> file.toString().endsWith(".case")).sorted().toList();
    }
  }
}
