package dev.whimbrel.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mapping that Hibernate can export, by each Hibernate, run on a real PostgreSQL. */
@ExtendWith(PostgresExtension.class)
class EveryMappingTest {
  @TempDir Path target;

  @ParameterizedTest
  @ValueSource(strings = {"6.6", "7.4", "8.0"})
  void runsOnPostgresAndHibernateValidatesTheResult(String version, TestDatabase database)
      throws Exception {
    ClassPath classPath = Sources.compile(target, "everything", Sources.jars(version, "common"));
    Ddl ddl = EntityModels.load(ModelOptions.of(classPath, "PostgreSQL", "18.1", target));
    System.err.println(ddl.script());
    System.err.println(ddl);
    database.execute(ddl.script());
    assertThat(ddl.hibernate()).startsWith(version);
    assertThat(ddl.warnings()).isEqualTo(List.of());
  }
}
