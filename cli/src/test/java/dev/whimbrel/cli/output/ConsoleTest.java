package dev.whimbrel.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.Event;
import dev.whimbrel.Result;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private static final Result.Revision REVISION =
      new Result.Revision(
          "04f23c4db7a1", List.of(), "Initial", "m/a.sql", "", null, List.of(), List.of());

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aDeploymentSpeaksTheWordsOfTheWorkflow() {
    Console console = console(Console.Mode.TEXT, false, false);
    List<String> head = List.of("04f23c4db7a1");
    console.event(new Event.VersionsFound(List.of(), head));
    console.event(
        new Event.RunStarted(Event.Direction.UPGRADE, List.of(), head, List.of(REVISION)));
    console.event(new Event.RunFinished(Event.Direction.UPGRADE, head, Duration.ofMillis(3)));
    console.event(new Event.UpToDate(head));
    assertThat(out())
        .isEqualTo(
            """
            📍 Current database version: None
            📍 Latest migration version: 04f23c4db7a1
            🔄 New migration detected! Running database upgrade...
               Upgrading from: None
               Upgrading to:   04f23c4db7a1
            ✅ Database migration completed successfully!
               Database is now at version: 04f23c4db7a1
            ✅ Database is already up to date (version: 04f23c4db7a1)
            """);
  }

  @Test
  void asciiHasNoEmojiAndEveryOtherWordTheSame() {
    Console console = console(Console.Mode.TEXT, true, false);
    console.event(new Event.VersionsFound(List.of(), List.of("a")));
    console.event(new Event.UpToDate(List.of("a")));
    assertThat(out())
        .isEqualTo(
            """
            [at] Current database version: None
            [at] Latest migration version: a
            [ok] Database is already up to date (version: a)
            """);
  }

  @Test
  void coloursAreForTheLinesThatSaySo() {
    console(Console.Mode.TEXT, false, true).line("✅ done");
    assertThat(out()).isEqualTo("\u001b[32m✅ done\u001b[0m\n");
  }

  @Test
  void whatIsOnlyLoggedGoesToStderr() {
    Console console = console(Console.Mode.TEXT, false, false);
    Event.Holder holder =
        new Event.Holder(4711, "whimbrel", "10.0.0.1", null, "select pg_sleep(1)");
    console.event(new Event.WaitingForLock(holder, Duration.ofSeconds(10), Duration.ofMinutes(10)));
    assertThat(out()).isEmpty();
    assertThat(err())
        .isEqualTo(
            "⏳ Another deployer is at work (pid 4711, whimbrel, from 10.0.0.1, select"
                + " pg_sleep(1)); waited 10 s of 10 min\n");
  }

  @Test
  void ndjsonIsOneEventALine() {
    Console console = console(Console.Mode.NDJSON, false, false);
    console.event(
        new Event.RevisionFinished(
            Event.Direction.UPGRADE, new Result.Applied("a", 12, 1, 0), 1, 2));
    assertThat(out())
        .isEqualTo(
            "{\"event\":\"RevisionFinished\",\"direction\":\"UPGRADE\",\"revision\":\"a\",\"ms\":12,\"statements\":1,\"retries\":0,\"number\":1,\"of\":2}\n");
  }

  @Test
  void jsonSaysNothingButTheResult() {
    Console console = console(Console.Mode.JSON, false, false);
    console.event(new Event.UpToDate(List.of("a")));
    console.line("text");
    assertThat(out()).isEmpty();
  }

  @Test
  void aProblemShowsItsStatementWithACaretAndTheNextStep() {
    Console console = console(Console.Mode.TEXT, false, false);
    console.failure("deploy", problem());
    assertThat(out()).isEmpty();
    assertThat(err())
        .isEqualTo(
            """
            ❌ E_STATEMENT: no such table
               second line
               at m/a.sql:7:3

                 alter table
                   usrs add x int
                   ^

               Done:
                 a
               Not done:
                 b
               Fix: create it
                    or not
               More: whimbrel explain E_STATEMENT
            """);
  }

  @Test
  void programsGetAProblemOnStdout() {
    console(Console.Mode.JSON, false, false).failure("deploy", problem());
    assertThat(out())
        .startsWith(
            "{\"command\":\"deploy\",\"exit\":1,\"error\":{\"code\":\"E_STATEMENT\",\"problem\":\"no"
                + " such table\\nsecond line\",\"file\":\"m/a.sql\",\"line\":7,")
        .endsWith("\"done\":[\"a\"],\"notDone\":[\"b\"]}}\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void durationsAreRounded() {
    assertThat(Text.time(Duration.ofMillis(12))).isEqualTo("12 ms");
    assertThat(Text.time(Duration.ofMillis(3449))).isEqualTo("3.4 s");
    assertThat(Text.time(Duration.ofSeconds(125))).isEqualTo("2 min 5 s");
  }

  private static Problem problem() {
    return new Problem(
        ErrorCode.E_STATEMENT,
        "apply.statement",
        "no such table\nsecond line",
        "create it\nor not",
        new Place("m/a.sql", 7, 3),
        "alter table\n  usrs add x int",
        15,
        List.of("a"),
        List.of("b"));
  }

  private Console console(Console.Mode mode, boolean ascii, boolean colour) {
    return new Console(
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8),
        new Console.Manner(mode, ascii, colour, false, false, false));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
