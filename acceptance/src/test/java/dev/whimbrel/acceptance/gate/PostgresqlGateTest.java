package dev.whimbrel.acceptance.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.State;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresqlGateTest extends GateScenarios {
  private String url = "";

  @BeforeEach
  void remember(TestDatabase database) {
    url = database.url();
  }

  @Override
  String url() {
    return url;
  }

  @Test
  void goesOnAtTheStatementThatFailedOutsideATransaction() throws IOException {
    write(
        "c",
        "b",
        "insert into users values (1, 'x'), (2, 'x');\n"
            + "create unique index concurrently users_name on users (name)",
        "drop index concurrently users_name");
    assertThatThrownBy(() -> whimbrel().deploy("head")).hasMessageContaining("duplicate");
    assertThat(whimbrel().status(false).state()).isEqualTo(State.INTERRUPTED);
    write(
        "c",
        "b",
        "insert into users values (1, 'x'), (2, 'x');\n"
            + "create index concurrently users_name on users (name)",
        "drop index concurrently users_name");
    assertThat(whimbrel().deploy("head").current()).containsExactly("c");
    assertThat(whimbrel().downgrade("-1").current()).containsExactly("b");
  }
}
