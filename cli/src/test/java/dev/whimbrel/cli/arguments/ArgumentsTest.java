package dev.whimbrel.cli.arguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.cli.arguments.Option.Takes;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final Option DIRECTORY =
      new Option(List.of("-C", "--directory"), Takes.ONE, "DIR", "");
  private static final Option YES = new Option(List.of("--yes", "-y"), Takes.NOTHING, "", "");

  private static CommandSpec shared() {
    CommandSpec shared = new CommandSpec("whimbrel", "");
    shared.add(DIRECTORY);
    shared.add(YES);
    return shared;
  }

  private static CommandSpec spec(boolean required, boolean several) {
    CommandSpec spec = new CommandSpec("go", "Goes.");
    spec.add(new Parameter("WHERE", required, several, ""));
    spec.add(new Option(List.of("--strict"), Takes.MAYBE_ONE, "true|false", ""));
    spec.add(new Option(List.of("--label"), Takes.SEVERAL, "NAME", ""));
    spec.add(new Option(List.of("--set"), Takes.EACH, "KEY=VALUE", ""));
    spec.add(new Option(List.of("--help"), Takes.NOTHING, "", ""));
    spec.add(DIRECTORY);
    spec.add(YES);
    return spec;
  }

  private static Arguments read(String... after) {
    return Arguments.read(spec(false, true), shared(), List.of(), List.of(after));
  }

  @Test
  void takesAValueAfterASpaceAnEqualsSignOrALetter() {
    assertThat(read("--directory", "x").text("-C")).isEqualTo("x");
    assertThat(read("--directory=a=b").text("-C")).isEqualTo("a=b");
    assertThat(read("-Cx").text("-C")).isEqualTo("x");
    assertThat(read("-yCx").text("-C")).isEqualTo("x");
    assertThat(read("-yC", "x").has("-y")).isTrue();
  }

  @Test
  void takesAnOptionalValueOnlyBehindAnEqualsSign() {
    assertThat(read("--strict", "head").text("--strict")).isEqualTo("true");
    assertThat(read("--strict", "head").words()).containsExactly("head");
    assertThat(read("--strict=false").text("--strict")).isEqualTo("false");
    assertThat(read().text("--strict")).isNull();
  }

  @Test
  void collectsValuesWithCommasOrWithout() {
    assertThat(read("--label", "a,b", "--label=c").texts("--label")).containsExactly("a", "b", "c");
    assertThat(read("--set", "a=1,2").texts("--set")).containsExactly("a=1,2");
  }

  @Test
  void readsANumberOfStepsAsAWord() {
    assertThat(read("-1").words()).containsExactly("-1");
    assertThat(read("+2").words()).containsExactly("+2");
    assertThat(read("--", "--yes").words()).containsExactly("--yes");
  }

  @Test
  void prefersWhatStandsAfterTheCommand() {
    List<String> before = List.of("-C", "outer", "-y");
    Arguments arguments =
        Arguments.read(spec(false, false), shared(), before, List.of("-C", "inner"));
    assertThat(arguments.text("-C")).isEqualTo("inner");
    assertThat(arguments.has("--yes")).isTrue();
  }

  @Test
  void refusesWhatItCannotRead() {
    assertThatThrownBy(() -> read("--stirct")).hasMessageContaining("no option --stirct");
    assertThatThrownBy(() -> read("-yx")).hasMessageContaining("no option -yx");
    assertThatThrownBy(() -> read("-C")).hasMessageContaining("Missing value for option -C: DIR");
    assertThatThrownBy(() -> read("-C", "--yes")).hasMessageContaining("Missing value");
    assertThatThrownBy(() -> read("-C", "a", "-C", "b")).hasMessageContaining("twice");
    assertThatThrownBy(() -> read("--yes=no")).hasMessageContaining("takes no value");
  }

  @Test
  void countsTheWords() {
    assertThatThrownBy(() -> Arguments.read(spec(true, false), shared(), List.of(), List.of()))
        .hasMessageContaining("'WHERE'");
    assertThatThrownBy(
            () -> Arguments.read(spec(true, false), shared(), List.of(), List.of("a", "b")))
        .hasMessageContaining("\"b\" is one word too many");
    assertThat(Arguments.read(spec(true, false), shared(), List.of(), List.of("--help")).words())
        .isEmpty();
  }
}
