package dev.whimbrel.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.Options;
import dev.whimbrel.error.WhimbrelException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Every option of the facade is a property, and nothing else is. */
class OptionsBindingTest {
  static Stream<RecordComponent> components() {
    return Stream.of(Options.class.getRecordComponents());
  }

  @ParameterizedTest
  @MethodSource("components")
  void setsEveryOptionByItsName(RecordComponent component) throws ReflectiveOperationException {
    String text = other(component);
    Options options = OptionsBinding.of(environment(Map.of("whimbrel." + dashed(component), text)));
    assertThat(component.getAccessor().invoke(options))
        .isNotEqualTo(component.getAccessor().invoke(Options.defaults()));
    assertThat(options).isEqualTo(Options.defaults().with(component.getName(), text));
  }

  @Test
  void theMetadataForEditorsListsEveryOptionAndEveryPropertyOfItsOwn() throws IOException {
    List<String> expected = new ArrayList<>(Options.names());
    for (RecordComponent component : WhimbrelProperties.class.getRecordComponents()) {
      expected.add(dashed(component));
    }
    try (InputStream in =
        WhimbrelProperties.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      assertThat(in).isNotNull();
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<String> names =
          Pattern.compile("\"name\": \"whimbrel\\.([a-z-]+)\"")
              .matcher(json)
              .results()
              .map((MatchResult match) -> match.group(1))
              .toList();
      assertThat(names).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void understandsTheVariablesOfTheCommandLine() {
    StandardEnvironment environment = environment(Map.of());
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                Map.of("WHIMBREL_LOCK_TIMEOUT", "7s", "RENDER_GIT_COMMIT", "abc123")));
    Options options = OptionsBinding.of(environment);
    assertThat(options.lockTimeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(options.commit()).isEqualTo("abc123");
  }

  @Test
  void refusesAValueThatAnOptionCannotHave() {
    assertThatThrownBy(
            () -> OptionsBinding.of(environment(Map.of("whimbrel.lock-timeout", "soon"))))
        .isInstanceOf(WhimbrelException.class)
        .hasMessageContaining("soon");
  }

  private static StandardEnvironment environment(Map<String, Object> properties) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    return environment;
  }

  private static String other(RecordComponent component) {
    Class<?> type = component.getType();
    return type == Duration.class ? "77s" : type == boolean.class ? "true" : "77";
  }

  private static String dashed(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }
}
