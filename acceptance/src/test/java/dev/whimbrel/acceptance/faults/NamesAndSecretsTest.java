package dev.whimbrel.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Names that are SQL, and a password that must show nowhere. */
@ExtendWith(PostgresExtension.class)
class NamesAndSecretsTest {
  private static final String NASTY = "\"\"\"; drop table x; --\"";
  private static final String PASSWORD = "pl4nted s3cret/@:";
  private static final String ENCODED = "pl4nted%20s3cret%2F%40%3A";

  @TempDir Path folder;
  private TestDatabase database;
  private Revisions revisions;

  @BeforeEach
  void remember(TestDatabase empty) {
    database = empty;
    revisions = new Revisions(folder, empty.url());
  }

  @Test
  void aNameThatIsSqlIsOnlyAName() throws Exception {
    revisions.add("1aaa", "create table x (id integer)", "drop table x");
    revisions.add(
        "2bbb",
        "create table %1$s (id integer, %1$s text)".formatted(NASTY),
        "drop table " + NASTY);
    revisions.add(
        "3ccc",
        "create index concurrently \"i'; drop table x; --\" on %1$s (%1$s)".formatted(NASTY),
        "drop index concurrently \"i'; drop table x; --\"");
    String home = "history-schema=h'\"; drop table x; --";
    String role = "role=" + database.server().user();
    assertThat(revisions.with(event -> {}, home, role).deploy("head").current())
        .containsExactly("3ccc");
    database.execute("alter table " + NASTY + " add column extra integer");
    assertThat(revisions.with(event -> {}, home).status(true).drift())
        .anySatisfy(line -> assertThat(line).contains("extra"));
    assertThat(revisions.with(event -> {}, home).downgrade("1aaa").current())
        .containsExactly("1aaa");
    assertThat(database.query("select count(*) from x")).isEqualTo("0");
  }

  @Test
  void thePasswordIsNowhereInWhatIsPrintedOrWritten() throws Exception {
    String role = "keeper_" + database.name();
    database.execute("create role " + role + " superuser login password '" + PASSWORD + "'");
    try {
      Files.createDirectory(folder.resolve("migrations"));
      Revisions within = new Revisions(folder.resolve("migrations"), database.url());
      within.add("1aaa", "create table t (id integer)", "drop table t");
      String address = "@127.0.0.1:" + database.server().port() + "/" + database.name();
      String right = "postgresql://" + role + ":" + ENCODED + address;
      List<String> all = new ArrayList<>();
      for (String command : List.of("doctor", "deploy")) {
        all.add(said(right, "-v", command));
        all.add(said(right, "--json", command));
      }
      within.add("2bbb", "select broken", "select 1");
      all.add(said(right, "--ndjson", "deploy"));
      all.add(said(right.replace("@127.0.0.1", "x@127.0.0.1"), "-v", "deploy"));
      all.add(said(right.replaceFirst(":\\d+/", ":1/"), "-v", "deploy"));
      all.add(said(right.replace("%2F", "/").replace("%40", "@"), "-v", "deploy"));
      all.add(said(right + "?sslmode=require", "-v", "deploy"));
      all.add(said(right + "?sslmode=nonsense", "-v", "deploy"));
      all.add(database.query("select string_agg(r::text, ' ') from whimbrel.revision r"));
      all.add(database.query("select string_agg(j::text, ' ') from whimbrel.journal j"));
      all.add(database.query("select string_agg(m::text, ' ') from whimbrel.meta m"));
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          all.add(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
      assertThat(String.join("\n", all)).contains("1aaa", "E_STATEMENT", "E_AUTHENTICATION");
      assertThat(all).noneMatch(text -> text.contains("s3cret"));
    } finally {
      database.execute("reassign owned by " + role + " to current_user");
      database.execute("drop owned by " + role + "; drop role " + role);
    }
  }

  private String said(String url, String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.whimbrel.cli.Main",
                "-C",
                folder.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("DATABASE_URL", url);
    return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
