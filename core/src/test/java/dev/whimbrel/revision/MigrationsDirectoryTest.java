package dev.whimbrel.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.sql.Lexis;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsDirectoryTest {
  private static final Instant NOON = Instant.parse("2026-01-09T12:30:00.123Z");

  @TempDir Path temp;

  @Test
  void readsSubFoldersAndSkipsWhatIsNoRevision() throws IOException {
    put("b.sql", "b");
    put("2025/a.sql", "a");
    Files.writeString(temp.resolve("schema.sql"), "create table t (a int);");
    Files.writeString(temp.resolve("HEAD"), "b\n");
    Files.writeString(temp.resolve("README.md"), "no revision");
    put(".hidden/c.sql", "c");
    assertThat(read("postgresql")).extracting(Revision::id).containsExactly("a", "b");
    assertThat(read("postgresql").get(0).file()).isEqualTo(temp + "/2025/a.sql");
  }

  @Test
  void anEnginesVariantBeatsThePlainFile() throws IOException {
    put("a.sql", "a");
    put("a.postgresql.sql", "a", "select 'pg';");
    put("b.sqlite.sql", "b");
    put("c.v2.sql", "c");
    assertThat(read("postgresql"))
        .extracting(Revision::file)
        .containsExactly(temp + "/a.postgresql.sql", temp + "/c.v2.sql");
    assertThat(read("sqlite")).extracting(Revision::id).containsExactly("a", "b", "c");
  }

  @Test
  void variantsMustHaveTheSameHeader() throws IOException {
    put("a.sql", "a");
    put("a.sqlite.sql", "b");
    assertProblem(() -> read("postgresql"), "revision.variant-header", "differ in revision");
  }

  @Test
  void refusesLinksInCirclesOutsideTwiceAndBroken() throws IOException {
    Path root = Files.createDirectory(temp.resolve("m"));
    Path outside = Files.writeString(temp.resolve("x.sql"), "-- revision: x\n-- +upgrade\n");
    Path link = Files.createDirectory(root.resolve("sub")).resolve("link.sql");
    Files.createSymbolicLink(link, root);
    assertProblem(() -> read(root), "revision.link-loop", "contains it");
    relink(link, outside);
    assertProblem(() -> read(root), "revision.link-outside", "outside");
    relink(link, Files.createDirectory(root.resolve("other")));
    assertProblem(() -> read(root), "revision.link-twice", "m/other");
    relink(link, root.resolve("nothing.sql"));
    assertProblem(() -> read(root), "revision.link-broken", "leads to nothing");
  }

  @Test
  void aLinkToTheDirectoryItselfIsFine() throws IOException {
    put("a.sql", "a");
    Path link = Files.createSymbolicLink(temp.resolveSibling(temp.getFileName() + "-link"), temp);
    assertThat(read(link)).hasSize(1);
    Files.delete(link);
  }

  @Test
  void refusesADirectoryThatIsNotThere() throws IOException {
    assertProblem(() -> read(temp.resolve("nope")), "revision.no-directory", "nope");
    Path file = Files.writeString(temp.resolve("file"), "");
    assertProblem(() -> read(file), "revision.not-a-directory", "file");
  }

  @Test
  void refusesBytesThatAreNotUtf8() throws IOException {
    Files.write(temp.resolve("a.sql"), "-- revision: ä".getBytes(StandardCharsets.ISO_8859_1));
    assertProblem(() -> read("postgresql"), "revision.not-utf8", "UTF-8");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    RevisionReader reader = new RevisionReader(Lexis.sqlite());
    assertProblem(
        () -> reader.read(temp.resolve("a.sql"), "a.sql"), "revision.unreadable", "does not exist");
  }

  @Test
  void tellsTheFirstProblemInTheOrderOfFiles() throws IOException {
    for (int i = 0; i < 50; i++) {
      put("f" + (100 + i) + ".sql", i % 10 == 7 ? "bad id" + i : "id" + i);
    }
    assertProblem(() -> read("sqlite"), "revision.id-characters", "bad id7");
  }

  @Test
  void readsManyFiles() throws IOException {
    for (int i = 0; i < 2_000; i++) {
      put("d" + i % 10 + "/r" + i + ".sql", "r" + i);
    }
    assertThat(read("sqlite")).hasSize(2_000);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Draft draft =
        new Draft(
            "1a2b3c4d5e6f",
            List.of("04f23c4db7a1"),
            "Ünïcode & more",
            NOON,
            List.of("x"),
            List.of("y"),
            Phase.CONTRACT,
            "whimbrel 0.1.0",
            List.of("-1 column", ""),
            "\nalter table t drop column a;\n\n",
            "alter table t add column a int;");
    Path file = directory().write(draft);
    assertThat(file.getFileName().toString()).isEqualTo("20260109_1a2b3c4d5e6f_ünïcode_more.sql");
    Revision read = read("postgresql").get(0);
    assertThat(read.id()).isEqualTo(draft.id());
    assertThat(read.revises()).isEqualTo(draft.revises());
    assertThat(read.message()).isEqualTo(draft.message());
    assertThat(read.created()).isEqualTo("2026-01-09T12:30:00Z");
    assertThat(read.labels()).isEqualTo(draft.labels());
    assertThat(read.depends()).isEqualTo(draft.depends());
    assertThat(read.phase()).isEqualTo(draft.phase());
    assertThat(read.generated()).isEqualTo(draft.generated());
    assertThat(read.upgrade().sql()).isEqualTo("alter table t drop column a;");
  }

  @Test
  void aNewRevisionLooksLikeThis() throws IOException {
    Path file = directory().write(Draft.empty("1a2b3c4d5e6f", List.of(), "First", NOON));
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            -- revision: 1a2b3c4d5e6f
            -- revises:  none
            -- message:  First
            -- created:  2026-01-09T12:30:00Z

            -- +upgrade

            -- +downgrade
            """);
  }

  @Test
  void aMergeIsTheSameBytesForEverybody() throws IOException {
    Path mine = directory().write(Draft.merge(List.of("b2", "a1")));
    MigrationsDirectory theirs = new MigrationsDirectory(temp.resolve("theirs"));
    Path other = theirs.write(Draft.merge(List.of("a1", "b2", "a1")));
    assertThat(mine.getFileName()).isEqualTo(other.getFileName());
    assertThat(Files.readString(mine))
        .isEqualTo(Files.readString(other))
        .contains("-- revises:  a1, b2\n-- message:  Merge a1 and b2\n\n-- +upgrade");
    assertThat(
            Draft.merge(List.of("a".repeat(64), "b".repeat(64), "c".repeat(64), "d".repeat(64)))
                .message())
        .isEqualTo("Merge 4 heads");
  }

  @Test
  void neverOverwritesAFileAndLeavesNothingHalfWritten() throws IOException {
    Draft draft = Draft.empty("a1", List.of(), "First", NOON);
    Path file = directory().write(draft);
    Files.writeString(file, "mine");
    assertProblem(() -> directory().write(draft), "revision.file-exists", "a1_first.sql");
    assertThat(Files.readString(file)).isEqualTo("mine");
    Path blocked = Files.writeString(temp.resolve("blocked"), "");
    assertProblem(
        () -> SafeFile.create(blocked.resolve("x.sql"), ""), "revision.unwritable", "x.sql");
    assertProblem(
        () -> directory().write(Draft.empty("a/b", List.of(), "x", NOON)),
        "revision.id-path",
        "a/b");
    try (Stream<Path> left = Files.list(temp)) {
      assertThat(left).containsExactlyInAnyOrder(file, blocked);
    }
  }

  @Test
  void refusesMessagesThatDoNotFitALine() {
    assertProblem(
        () -> RevisionWriter.checkMessage("x".repeat(5_000)), "revision.message-long", "5000");
    assertProblem(
        () -> RevisionWriter.checkMessage("a\nb"), "revision.message-lines", "line break");
    assertThat(RevisionWriter.checkMessage("ä".repeat(200))).hasSize(200);
  }

  @Test
  void namesFilesByDayIdAndWords() {
    assertThat(FileName.of(NOON, "a1", "Add  new: User/Fields!"))
        .isEqualTo("20260109_a1_add_new_user_fields.sql");
    assertThat(FileName.of(null, "a1", "")).isEqualTo("a1.sql");
    assertThat(FileName.of(null, "a1", "../../etc")).isEqualTo("a1_etc.sql");
    assertThat(FileName.of(null, "a1", "日本語 テスト")).isEqualTo("a1_日本語_テスト.sql");
    assertThat(FileName.of(null, "a1", "one two three four five six seven eight nine ten"))
        .isEqualTo("a1_one_two_three_four_five_six_seven_eight.sql");
    assertThat(FileName.of(null, "a1", "x".repeat(300))).isEqualTo("a1_" + "x".repeat(40) + ".sql");
  }

  @Test
  void headHoldsTheHeads() throws IOException {
    assertThat(directory().head()).isEmpty();
    directory().writeHead(List.of("b2", "a1"));
    assertThat(Files.readString(temp.resolve("HEAD"))).isEqualTo("a1\nb2\n");
    assertThat(directory().head()).contains(List.of("a1", "b2"));
    directory().writeHead(List.of());
    assertThat(directory().head()).contains(List.of());
    Files.writeString(temp.resolve("HEAD"), "<<<<<<< ours\na1\n");
    assertProblem(() -> directory().head(), "revision.head-line", "<<<<<<< ours");
  }

  @Test
  void refusesWhatIsNoPlainFile(@TempDir Path outside) throws Exception {
    put("a.sql", "a");
    Path secret = Files.writeString(outside.resolve("secret"), "top-secret\n");
    Files.createSymbolicLink(temp.resolve("HEAD"), secret);
    MigrationsDirectory directory = new MigrationsDirectory(temp);
    assertProblem(directory::head, "revision.unreadable", "it is a link");
    directory.writeHead(List.of("a"));
    assertThat(secret).hasContent("top-secret");
    Files.createSymbolicLink(temp.resolve("schema.sql"), secret);
    directory.writeSchema("create table t ();");
    assertThat(secret).hasContent("top-secret");
    assertThat(temp.resolve("schema.sql")).isRegularFile();
    assertThat(new ProcessBuilder("mkfifo", temp.resolve("pipe.sql").toString()).start().waitFor())
        .isZero();
    assertProblem(() -> read("postgresql"), "revision.unreadable", "it is not a file");
  }

  @Test
  void refusesAFileThatIsTooLarge() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(temp.resolve("a.sql").toFile(), "rw")) {
      file.setLength(2L << 30);
    }
    assertProblem(() -> read("postgresql"), "revision.too-large", "64 MB");
  }

  @Test
  void newIdsAreTwelveHexDigits() {
    assertThat(RevisionId.random(new Random(1))).matches("[0-9a-f]{12}");
    assertThat(RevisionId.random(new Random(1))).isNotEqualTo(RevisionId.random(new Random(2)));
    assertThat(RevisionId.ofMerge(List.of("b", "a")))
        .isEqualTo(RevisionId.ofMerge(List.of("a", "b")));
  }

  private void put(String name, String id, String... sql) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "-- revision: " + id + "\n\n-- +upgrade\n" + String.join("\n", sql));
  }

  private static void relink(Path link, Path target) throws IOException {
    Files.delete(link);
    Files.createSymbolicLink(link, target);
  }

  private MigrationsDirectory directory() {
    return new MigrationsDirectory(temp);
  }

  private List<Revision> read(String engine) {
    return directory().read(engine, Lexis.postgresql());
  }

  private static List<Revision> read(Path root) {
    return new MigrationsDirectory(root).read("postgresql", Lexis.postgresql());
  }

  private static void assertProblem(ThrowingCallable call, String key, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WhimbrelException.class,
            e -> {
              assertThat(e.problem().key()).isEqualTo(key);
              assertThat(e.problem().problem()).contains(text);
            });
  }
}
