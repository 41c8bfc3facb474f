package dev.whimbrel.acceptance.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The whole corpus on PostgreSQL 15, by {@code mvn -pl acceptance verify -Pcorpus}; no part of a
 * plain build. Its last figures are in {@code docs/corpus.md}.
 */
class CorpusRun {
  private static final int MAJOR = 15;

  @Test
  void everyPairComesFromOneSideToTheOtherAndBack() throws IOException, SQLException {
    Path root = Path.of("..");
    Path corpus = root.resolve(System.getProperty("whimbrel.corpus", "../shared/corpus"));
    List<CorpusPair> pairs = CorpusPair.load(corpus);
    assertThat(pairs).as("pairs in %s", corpus.toAbsolutePath().normalize()).isNotEmpty();
    List<CorpusCheck.Outcome> outcomes = new ArrayList<>();
    for (CorpusPair pair : pairs) {
      outcomes.add(check(pair));
    }
    CorpusReport report = new CorpusReport(MAJOR, outcomes);
    Files.writeString(root.resolve("docs").resolve("corpus.md"), report.page());
    Files.writeString(Path.of("target", "corpus-failures.txt"), report.details());
    assertThat(report.unexplained()).as(report.figures()).isEmpty();
  }

  private static CorpusCheck.Outcome check(CorpusPair pair) throws SQLException {
    try (TestDatabase left = PostgresExtension.create(MAJOR);
        TestDatabase right = PostgresExtension.create(MAJOR);
        Connection first = left.connect();
        Connection second = right.connect()) {
      return new CorpusCheck(MAJOR, new PgDump(left.server().url("postgres"))::dump)
          .check(pair, first, second);
    }
  }
}
