package dev.whimbrel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.cli.command.Commands;
import dev.whimbrel.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

class CliTest {
  static final List<String> COMMANDS = Commands.NAMES;

  @TempDir Path directory;

  @Test
  void saysItsVersion() {
    Ran ran = Ran.whimbrel("--version");
    assertThat(ran.out()).matches("whimbrel \\d+\\.\\d+\\.\\d+\n");
    assertThat(ran.exit()).isZero();
  }

  @Test
  void helpListsEveryCommand() {
    assertThat(Ran.whimbrel("help").out()).contains(Commands.NAMES);
    assertThat(Ran.whimbrel("--help").out()).isEqualTo(Ran.whimbrel("help").out());
    Ran bare = Ran.whimbrel();
    assertThat(bare.exit()).isEqualTo(2);
    assertThat(bare.out()).isEmpty();
    assertThat(bare.err()).isEqualTo(Ran.whimbrel("help").out());
  }

  @ParameterizedTest
  @FieldSource("COMMANDS")
  void everyCommandIsMadeUnderItsNameAndHasHelp(String name) {
    assertThat(Ran.whimbrel(name, "--help").out()).startsWith("Usage: whimbrel " + name);
    assertThat(Ran.whimbrel("--help", name).out()).isEqualTo(Ran.whimbrel("help", name).out());
  }

  @Test
  void proposesTheNearestCommandAndOption() {
    Ran command = Ran.whimbrel("statsu");
    assertThat(command.exit()).isEqualTo(2);
    assertThat(command.err()).contains("Did you mean whimbrel status?");
    Ran option = Ran.whimbrel("deploy", "--lock-timeot", "3s");
    assertThat(option.exit()).isEqualTo(2);
    assertThat(option.err()).contains("Did you mean --lock-timeout?");
    assertThat(Ran.whimbrel("help", "deplo").err()).contains("Did you mean whimbrel deploy?");
  }

  @Test
  void refusesOneWordTooManyAndAMissingOne() {
    assertThat(Ran.whimbrel("deploy", "head", "base").err()).contains("\"base\"");
    assertThat(Ran.whimbrel("show").exit()).isEqualTo(2);
    assertThat(Ran.whimbrel("--json").out()).contains("\"code\":\"E_USAGE\"");
  }

  @Test
  void optionsMayStandBeforeAndAfterTheCommand() {
    String missing = directory.resolve("nowhere").toString();
    String before = Ran.whimbrel("-C", missing, "--json", "heads").out();
    assertThat(before)
        .startsWith("{\"command\":\"heads\",\"exit\":2,\"error\":{\"code\":\"E_CONFIG\"");
    assertThat(Ran.whimbrel("heads", "-C", missing, "--json").out()).isEqualTo(before);
    assertThat(Ran.whimbrel("heads", "-C" + missing, "--json").out()).isEqualTo(before);
    assertThat(Ran.whimbrel("--directory=" + missing, "heads", "--json").out()).isEqualTo(before);
  }

  @Test
  void jsonAndNdjsonContradictEachOther() {
    Ran ran = Ran.whimbrel("heads", "--json", "--ndjson");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).contains("cannot both be meant");
  }

  @Test
  void destructiveCommandsNeedAYesWithoutATerminal() {
    for (List<String> words :
        List.of(List.of("downgrade", "base"), List.of("stamp", "head", "--purge"))) {
      Ran ran = Ran.whimbrel(words.toArray(String[]::new));
      assertThat(ran.exit()).isEqualTo(ErrorCode.E_CONFIRM.exit());
      assertThat(ran.err()).contains("E_CONFIRM", "--yes");
    }
  }

  @Test
  void aNoOnTheTerminalChangesNothing() {
    Ran ran = Ran.onTerminal("n\n", "-C", directory.toString(), "downgrade", "base");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("Go on? [y/N]", "nothing was changed");
  }

  @ParameterizedTest
  @EnumSource
  void explainsEveryErrorCode(ErrorCode code) {
    Ran ran = Ran.whimbrel("explain", code.name());
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .startsWith("# " + code + "\n")
        .contains("Exit code " + code.exit() + ".")
        .contains("## Why", "## How to get out", "## Example");
  }

  @Test
  void refusesAReportOfAnUnknownFormBeforeAnythingIsDone() {
    Ran form = Ran.whimbrel("lint", "--format", "marcdown");
    Ran file = Ran.whimbrel("lint", "--report", "plan.pdf");

    assertThat(form.exit()).isEqualTo(2);
    assertThat(form.err()).contains("The nearest is markdown");
    assertThat(file.exit()).isEqualTo(2);
    assertThat(file.err()).contains("plan.pdf", ".html, .json, .md, .sarif, .txt");
  }

  @Test
  void explainProposesTheNearestCode() {
    assertThat(Ran.whimbrel("explain", "e_statment").err()).contains("Did you mean E_STATEMENT?");
  }

  @Test
  void completesForEachShell() {
    for (String shell : List.of("bash", "zsh", "fish")) {
      assertThat(Ran.whimbrel("completion", shell).out()).contains("deploy", "lock-timeout");
    }
    assertThat(Ran.whimbrel("completion", "cmd").exit()).isEqualTo(2);
  }

  @Test
  void initWritesAProjectOnceAndKeepsWhatIsThere() throws IOException {
    Files.writeString(directory.resolve(".gitignore"), "mine\n");
    String where = directory.toString();
    Ran first = Ran.whimbrel("-C", where, "init", "--template", "render");
    assertThat(first.exit()).isZero();
    assertThat(directory.resolve("migrations")).isDirectory();
    assertThat(directory.resolve("docker-entrypoint.sh")).isExecutable();
    assertThat(directory.resolve("Dockerfile")).content().doesNotContain("@version@");
    assertThat(directory.resolve(".gitignore")).hasContent("mine\n");
    assertThat(first.out()).contains("add .whimbrel/ to .gitignore");
    Files.writeString(directory.resolve("render.yaml"), "mine\n");
    Ran second = Ran.whimbrel("-C", where, "init", "--template", "render", "--json");
    assertThat(second.out())
        .startsWith("{\"command\":\"init\",\"state\":null,\"exit\":0,\"written\":[]");
    assertThat(directory.resolve("render.yaml")).hasContent("mine\n");
  }

  @ParameterizedTest
  @FieldSource("PLATFORMS")
  void everyPlatformHasFilesThatRunTheGate(String platform) throws IOException {
    Ran ran = Ran.whimbrel("-C", directory.toString(), "init", "--template", platform);
    assertThat(ran.exit()).isZero();
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile).map(CliTest::text))
          .anyMatch(text -> text.contains("whimbrel") && text.contains("deploy"));
    }
  }

  static final List<String> PLATFORMS = List.of("render", "heroku", "fly", "kubernetes", "github");

  @Test
  void initProposesTheNearestPlatform() {
    assertThat(Ran.whimbrel("-C", directory.toString(), "init", "--template", "rendr").err())
        .contains("Did you mean render?");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
