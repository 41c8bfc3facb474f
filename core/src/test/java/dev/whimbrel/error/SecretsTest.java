package dev.whimbrel.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "create user app with login password 'pl4nted'",
        "create user app PASSWORD\n  'it''s pl4nted'",
        "alter role app encrypted password E'pl4nted'",
        "alter role app password $a$pl4nted$a$",
        "create user mapping for app server s options (user 'app', password 'pl4nted')",
        "create subscription s connection 'host=db password=pl4nted dbname=x' publication p",
        "select dblink_connect('host=db user=a password=pl4nted')",
        "postgresql://app:pl4nted@host/db could not be opened",
        "jdbc:postgresql://host/db?user=app&password=pl4nted&ssl=true",
        "create user 'app' identified by 'pl4nted'"
      })
  void hidesPasswordsAndKeepsPositions(String text) {
    String hidden = Secrets.hidden(text);
    assertThat(hidden).doesNotContain("pl4nted").contains("*").hasSameSizeAs(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table users (id integer, password text not null default '')",
        "alter table users alter column password set default 'none'",
        "comment on column users.password is 'hashed'",
        "insert into users (password, name) values ('a', 'b')",
        "select 'http://example.com/a@b'",
        "at migrations/a.sql:3:7"
      })
  void leavesWhatIsNoPassword(String text) {
    assertThat(Secrets.hidden(text)).isEqualTo(text);
    assertThat(Secrets.isHidden(text)).isFalse();
  }

  @Test
  void tellsWhatCannotBeRunAnyMore() {
    assertThat(Secrets.isHidden(Secrets.hidden("alter role a password 'b'"))).isTrue();
  }

  @Test
  void aProblemNeverHoldsOne() {
    Problem problem =
        Problem.of(ErrorCode.E_CONFIG, "url.embedded")
            .with("value", "postgres://a:pl4nted@h/d")
            .statement("alter role a password 'pl4nted' x", 33)
            .build();
    assertThat(problem.toString()).doesNotContain("pl4nted");
    assertThat(problem.toException()).message().doesNotContain("pl4nted");
  }
}
