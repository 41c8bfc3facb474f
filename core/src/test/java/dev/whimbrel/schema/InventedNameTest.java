package dev.whimbrel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.schema.ConstraintContent.Deferral;
import dev.whimbrel.schema.ConstraintContent.Unique;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventedNameTest {
  private static final String LONG =
      "a_table_whose_name_is_rather_long_for_a_table_in_any_database";

  @ParameterizedTest
  @CsvSource({
    "users, users_email_tenant_key, true",
    "users, users_email_tenant_key1, true",
    "users, uk6dotkott2kjsp8vw4d0m25fb7, true",
    "users, UK_6dotkott2kjsp8vw4d0m25fb7, true",
    "users, users_email_key, false",
    "users, one_email_per_tenant, false",
    "users, ukrainian_addresses_are_unique, false",
    LONG + ", a_table_whose_name_is_rather_long_for_a_table_i_email_tenant_key, false",
    LONG + ", a_table_whose_name_is_rather_long_for_a_table__email_tenant_key, true",
    LONG + ", a_table_whose_name_is_rather_long_for_a_table_email_tenant_key1, true",
  })
  void isToldFromAChosenOne(String table, String name, boolean invented) {
    Unique content =
        new Unique(
            List.of("email", "tenant"),
            List.of(),
            false,
            false,
            Deferral.IMMEDIATE,
            new TreeMap<>());
    FactId id = FactId.of(Kind.UNIQUE, "public", table, name);

    assertThat(InventedName.is(new Fact(id, content))).isEqualTo(invented);
  }
}
