package dev.whimbrel.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.error.WhimbrelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          postgres://app:s%40cret@db:5432/werent       | postgresql://app@db:5432/werent
          postgresql+psycopg2://app:x@db/werent         | postgresql://app@db/werent
          jdbc:postgresql://db/werent?user=app&password=x | postgresql://app@db/werent
          postgresql://a:1,b:2/werent                   | postgresql://a:1,b:2/werent
          postgresql:///werent                          | postgresql://localhost/werent
          postgresql://app@[::1]:5432/werent            | postgresql://app@[::1]:5432/werent
          sqlite:app.db                                 | sqlite:app.db
          sqlite:////var/app.db                         | sqlite:/var/app.db
          jdbc:sqlite:app.db                            | sqlite:app.db
          embedded:postgresql:17                        | embedded:postgresql:17
          """,
      delimiter = '|')
  void readsEveryFormAndShowsNoPassword(String text, String shown) {
    assertThat(DatabaseUrl.parse(text)).hasToString(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "postgres://app:Pl4nted?S3cret@h:5432/d, unescaped",
    "postgres://app:123?S3cret@h:5432/d, unescaped",
    "postgres://app:Pl4nted?S3=cret@h:5432/d, not escaped",
    "postgres://app:Pl4nted/S3cret@h/d, unescaped",
    "postgres://app@h:Pl4nted/d, port",
    "postgres://app@h:65536/d, port",
  })
  void refusesAnUnescapedPasswordWithoutRepeatingAnyOfIt(String text, String said) {
    assertThatThrownBy(() -> DatabaseUrl.parse(text))
        .hasMessageContaining(said)
        .hasMessageNotContainingAny("Pl4nted", "S3cret", "123");
  }

  @Test
  void decodesThePassword() {
    assertThat(DatabaseUrl.parse("postgres://u:p%40%C3%A9%2F@h/d").password()).isEqualTo("p@é/");
  }

  @Test
  void keepsWhatTheDriverKnowsAndDropsWhatOtherToolsLeft() {
    DatabaseUrl url =
        DatabaseUrl.parse(
            "postgres://u@h/d?sslmode=verify-full&sslrootcert=ca.pem&pgbouncer=true&schema=public");
    assertThat(url.sortedParameters())
        .containsOnlyKeys("sslmode", "sslrootcert")
        .containsEntry("sslmode", "verify-full");
    assertThat(url.dropped()).containsExactly("pgbouncer", "schema");
  }

  @ParameterizedTest
  @CsvSource({
    "postgres://u:p@ss@h/d, %40",
    "postgres://u:p/ss@h/d, %2F",
    "postgres://u:p#ss@h/d, %23",
    "postgres://u:100%@h/d, %25"
  })
  void showsHowToEncodeWhatIsNotEncodedWithoutShowingThePassword(String text, String code) {
    assertThatThrownBy(() -> DatabaseUrl.parse(text))
        .isInstanceOfSatisfying(
            WhimbrelException.class,
            e -> {
              assertThat(e.problem().remedy()).contains(code);
              assertThat(e.problem().problem() + e.problem().remedy()).doesNotContain(text);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "mysql://h/d", "embedded:mysql", "sqlite:", "postgresql:///d?host=/tmp"})
  void refusesWhatItDoesNotKnow(String text) {
    assertThatThrownBy(() -> DatabaseUrl.parse(text)).isInstanceOf(WhimbrelException.class);
  }
}
