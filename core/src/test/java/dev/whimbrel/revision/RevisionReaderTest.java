package dev.whimbrel.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.error.Place;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.sql.Lexis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevisionReaderTest {
  private static final String FULL =
      """
      -- revision: 1a2b3c4d5e6f
      -- revises:  04f23c4db7a1, 99990000aaaa
      -- message:  Add: new user fields
      -- created:  2026-01-09T12:30:00Z
      -- labels:   users
      -- depends:  billing
      -- phase:    expand
      -- generated: whimbrel 0.1.0, hibernate 7.1

      -- +2 columns, +1 index
      -- anything: goes below the header

      -- +upgrade

      alter table users add column a int;
      -- +allow W201 few rows
      -- +allow W305 nobody reads it
      -- +lock-timeout 10s
      alter table users add column b int;
      -- +no-transaction
      create index concurrently i on users (a);

      -- +downgrade

      drop index i;
      """;
  private static final String HEADER = "-- revision: a1\n\n";

  @Test
  void readsAllKeysPartsAndDirectives() {
    Revision revision = read(FULL);
    assertThat(revision.id()).isEqualTo("1a2b3c4d5e6f");
    assertThat(revision.revises()).containsExactly("04f23c4db7a1", "99990000aaaa");
    assertThat(revision.isMerge()).isTrue();
    assertThat(revision.message()).isEqualTo("Add: new user fields");
    assertThat(revision.created()).isEqualTo(Instant.parse("2026-01-09T12:30:00Z"));
    assertThat(revision.labels()).containsExactly("users");
    assertThat(revision.depends()).containsExactly("billing");
    assertThat(revision.phase()).isEqualTo(Phase.EXPAND);
    assertThat(revision.generated()).isEqualTo("whimbrel 0.1.0, hibernate 7.1");
    assertThat(revision.upgrade().sql()).startsWith("alter table").endsWith("users (a);");
    assertThat(revision.upgrade().place()).isEqualTo(new Place("f.sql", 13, 1));
    List<Step> steps = revision.upgrade().steps();
    assertThat(steps.get(0).allows()).isEmpty();
    assertThat(steps.get(1).allows())
        .containsExactly(new Allow("W201", "few rows"), new Allow("W305", "nobody reads it"));
    assertThat(steps.get(1).lockTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(steps.get(1).noTransaction()).isFalse();
    assertThat(steps.get(2).noTransaction()).isTrue();
    assertThat(steps.get(2).lockTimeout()).isNull();
    assertThat(steps.get(2).statement().place().line()).isEqualTo(21);
    Part downgrade = Objects.requireNonNull(revision.downgrade());
    assertThat(downgrade.steps().get(0).statement().index()).isEqualTo(1);
  }

  @Test
  void carriageReturnsAByteOrderMarkAndAMissingLastLineEndChangeNothing() {
    Revision plain = read(FULL);
    Revision windows = read("\ufeff" + FULL.stripTrailing().replace("\n", "\r\n"));
    assertThat(windows.checksum()).isEqualTo(plain.checksum());
    assertThat(windows.message()).isEqualTo(plain.message());
    assertThat(windows.upgrade().steps()).hasSize(3);
    assertThat(windows.upgrade().steps().get(2).statement().place())
        .isEqualTo(plain.upgrade().steps().get(2).statement().place());
  }

  @Test
  void theChecksumCoversTheUpgradePartOnly() {
    assertThat(read(FULL.replace("drop index i", "drop index j")).checksum())
        .isEqualTo(read(FULL).checksum());
    assertThat(read(FULL.replace("column b", "column c")).checksum())
        .isNotEqualTo(read(FULL).checksum());
    assertThat(read(FULL.replace("-- +no-transaction\n", "")).checksum())
        .isEqualTo(read(FULL).checksum());
  }

  @Test
  void aBaseNeedsOnlyAnIdAndAnUpgradePart() {
    Revision revision = read("-- revision: a1\n-- +upgrade");
    assertThat(revision.isBase()).isTrue();
    assertThat(revision.upgrade().steps()).isEmpty();
    assertThat(revision.upgrade().sql()).isEmpty();
    assertThat(revision.downgrade()).isNull();
    assertThat(read("-- revision: a1\n-- revises: none\n-- +upgrade").isBase()).isTrue();
  }

  @Test
  void directivesInStringsAreText() {
    Revision revision =
        read(HEADER + "-- +upgrade\ndo $$\n-- +downgrade\n$$;\n-- +downgrade\nselect 2");
    assertThat(revision.upgrade().steps()).hasSize(1);
    assertThat(revision.downgrade()).isNotNull();
  }

  @Test
  void aPartEndsItsLastStatement() {
    Revision revision = read(HEADER + "-- +upgrade\nselect 1\n-- +downgrade\nselect 2\n");
    assertThat(revision.upgrade().steps().get(0).statement().text()).isEqualTo("select 1");
    assertThat(revision.upgrade().sql()).isEqualTo("select 1");
  }

  @Test
  void directivesHoldForABlockToo() {
    Revision revision =
        read(HEADER + "-- +upgrade\n-- +no-transaction\n-- +statement\na; b;\n-- +end\nc;");
    assertThat(revision.upgrade().steps())
        .extracting(Step::noTransaction)
        .containsExactly(true, false);
  }

  @Test
  void fiftyMegabytesAreRead() {
    String line = "insert into t values (1, 'some text; and more');\n";
    Revision revision = read(HEADER + "-- +upgrade\n" + line.repeat(50_000_000 / line.length()));
    assertThat(revision.upgrade().steps()).hasSize(50_000_000 / line.length());
  }

  @ParameterizedTest
  @CsvSource({
    "'', revision.no-header, f.sql:1",
    "'create table t (a int);', revision.no-header, f.sql:1",
    "'-- just a comment', revision.no-header, f.sql:1",
    "'-- revision: a1\n-- huh\n', revision.header-line, f.sql:2",
    "'-- revision: a1\n\n-- revises: b2\n', revision.key-after-header, f.sql:3",
    "'-- revision: a1\n\nselect 1;\n-- +upgrade', revision.sql-before-upgrade, f.sql:3",
    "'-- revision: a1\n-- revies: b2\n', revision.unknown-key, f.sql:2",
    "'-- revision: a1\n-- revision: b2\n', revision.key-twice, f.sql:2",
    "'-- message: x\n-- +upgrade', revision.no-id, f.sql:1",
    "'-- message: x\n-- revision:\n-- +upgrade', revision.no-id, f.sql:2",
    "'-- revision: ../a\n-- +upgrade', revision.id-path, f.sql:1",
    "'-- revision: ..\n-- +upgrade', revision.id-path, f.sql:1",
    "'-- revision: a b\n-- +upgrade', revision.id-characters, f.sql:1",
    "'-- revision: head\n-- +upgrade', revision.id-reserved, f.sql:1",
    "'-- revision: a1\n-- revises: c:\\x\n-- +upgrade', revision.id-path, f.sql:2",
    "'-- revision: a1\n-- revises: b,,c\n-- +upgrade', revision.empty-item, f.sql:2",
    "'-- revision: a1\n-- created: yesterday\n-- +upgrade', revision.created, f.sql:2",
    "'-- revision: a1\n-- phase: expnd\n-- +upgrade', revision.phase, f.sql:2",
    "'-- revision: a1\n', revision.no-upgrade, f.sql",
    "'-- revision: a1\n-- +downgrade\n', revision.no-upgrade, f.sql",
    "'-- revision: a1\n-- +upgrade\n-- +upgrade', revision.part-twice, f.sql:3:1",
    "'-- revision: a1\n-- +downgrade\n-- +upgrade', revision.parts-reversed, f.sql:3:1",
    "'-- revision: a1\n-- +upgrade now', revision.part-argument, f.sql:2:1",
    "'-- revision: a1\n-- +upgrade\nselect\n-- +allow A b\n1;', revision.directive-inside, f.sql:4:1",
    "'-- revision: a1\n-- +upgrade\n-- +allow A b\n-- +downgrade\n1;', revision.directive-without-statement, f.sql:3:1",
    "'-- revision: a1\n-- +upgrade\n1;\n-- +no-transaction', revision.directive-without-statement, f.sql:4:1",
    "'-- revision: a1\n-- +allow A b\n-- +upgrade\n1;', revision.directive-outside, f.sql:2:1",
    "'-- revision: a1\n-- +no-transaction\n1;\n-- +upgrade', revision.directive-outside, f.sql:2:1",
    "'-- revision: a1\n-- +statement\n1;\n-- +end\n-- +upgrade', revision.sql-before-upgrade, f.sql:3:1",
    "'-- revision: a1\n-- +upgrade\n-- +alow A b\n1;', revision.unknown-directive, f.sql:3:1",
    "'-- revision: a1\n-- +upgrade\n-- +end', revision.end-without-statement, f.sql:3:1",
    "'-- revision: a1\n-- +upgrade\n-- +allow A\n1;', revision.allow, f.sql:3:1",
    "'-- revision: a1\n-- +upgrade\n-- +lock-timeout soon\n1;', revision.lock-timeout, f.sql:3:1",
    "'-- revision: a1\n-- +upgrade\n-- +lock-timeout 5 parsecs\n1;', revision.lock-timeout, f.sql:3:1",
    "'-- revision: a1\n-- +upgrade\n-- +no-transaction please\n1;', revision.no-transaction, f.sql:3:1",
  })
  void saysWhatIsWrongAndWhere(String text, String key, String place) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            WhimbrelException.class,
            e -> {
              assertThat(e.problem().key()).isEqualTo(key);
              assertThat(String.valueOf(e.problem().place())).isEqualTo(place);
            });
  }

  @Test
  void namesTheNearestKeyAndDirective() {
    assertThat(remedy("-- revision: a1\n-- revies: b2\n")).contains("Did you mean revises?");
    assertThat(remedy("-- revision: a1\n-- +upgrade\n-- +no-transactions\n1;"))
        .contains("Did you mean \"-- +no-transaction\"?");
    assertThat(remedy("-- revision: a1\n-- +upgrde\n1;")).contains("\"-- +upgrade\"?");
  }

  @Test
  void refusesAnIdThatIsTooLong() {
    assertThatThrownBy(() -> read("-- revision: " + "a".repeat(65) + "\n-- +upgrade"))
        .isInstanceOfSatisfying(
            WhimbrelException.class,
            e -> assertThat(e.problem().key()).isEqualTo("revision.id-long"));
    assertThat(read("-- revision: " + "a".repeat(64) + "\n-- +upgrade").id()).hasSize(64);
  }

  private static String remedy(String text) {
    try {
      return read(text).id();
    } catch (WhimbrelException e) {
      return e.problem().remedy();
    }
  }

  private static Revision read(String text) {
    return new RevisionReader(Lexis.postgresql()).read("f.sql", text);
  }
}
