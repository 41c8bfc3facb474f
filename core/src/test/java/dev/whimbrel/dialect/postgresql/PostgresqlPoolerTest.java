package dev.whimbrel.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.dialect.DatabaseUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresqlPoolerTest {
  @ParameterizedTest
  @CsvSource({
    "aws-0-eu-central-1.pooler.supabase.com:6543, aws-0-eu-central-1.pooler.supabase.com:5432",
    "ep-cool-1-pooler.eu-central-1.aws.neon.tech, ep-cool-1.eu-central-1.aws.neon.tech",
    "pgbouncer.abc.flympg.net, direct.abc.flympg.net",
    "db-1.b.db.ondigitalocean.com:25061, db-1.b.db.ondigitalocean.com:25060",
    "app.postgres.database.azure.com:6432, app.postgres.database.azure.com:5432",
    "ec2-1-2-3-4.compute-1.amazonaws.com:5432, DATABASE_URL",
    "db.example.com:6432, the server itself"
  })
  void namesTheWayAroundThePoolerOfEachPlatform(String host, String instead) {
    DatabaseUrl url = DatabaseUrl.parse("postgresql://user:secret@" + host + "/app");
    assertThat(PostgresqlPooler.instead(url)).contains(instead).doesNotContain("secret");
  }
}
