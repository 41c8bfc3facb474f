package dev.whimbrel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.schema.ConstraintContent;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TableContent;
import dev.whimbrel.source.Loaded;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What models do not decide about stays, unless what it stands on goes. */
class KeptTest {
  private static final FactId USERS = FactId.of(Kind.TABLE, "public", "users");
  private static final FactId NAME = FactId.of(Kind.COLUMN, "public", "users", "name");
  private static final FactId PHONE = FactId.of(Kind.COLUMN, "public", "users", "phone");
  private static final FactId AUDIT = FactId.of(Kind.TABLE, "public", "audit");

  @Test
  void keepsAndReportsATableThatTheModelsDoNotHave() {
    Schema old = users(NAME).add(AUDIT, table()).build();

    Kept kept = Kept.of(old, loaded(users(NAME)));

    assertThat(kept.schema()).isEqualTo(old);
    assertThat(kept.beyond()).containsExactly(AUDIT);
  }

  @Test
  void letsAColumnOfTheModelsGoWithWhatHangsOnIt() {
    FactId comment = FactId.on(Kind.COMMENT, PHONE);
    Schema old = users(NAME, PHONE).add(comment, new Content.Comment("with prefix")).build();

    Kept kept = Kept.of(old, loaded(users(NAME)));

    assertThat(kept.schema()).isEqualTo(users(NAME).build());
    assertThat(kept.beyond()).isEmpty();
  }

  @Test
  void reportsAConstraintBeyondTheModels() {
    FactId unique = FactId.of(Kind.UNIQUE, "public", "users", "one_name");
    Schema old = users(NAME).add(unique, unique("name")).build();

    Kept kept = Kept.of(old, loaded(users(NAME)));

    assertThat(kept.schema()).isEqualTo(old);
    assertThat(kept.beyond()).containsExactly(unique);
  }

  @Test
  void takesTheSameConstraintUnderAnotherNameForTheModels() {
    FactId byHand = FactId.of(Kind.UNIQUE, "public", "users", "one_name");
    FactId hashed = FactId.of(Kind.UNIQUE, "public", "users", "uk3g1j96g94xpk3lpxl2qbl985x");
    Schema old = users(NAME).add(byHand, unique("name")).build();

    Kept kept = Kept.of(old, loaded(users(NAME).add(hashed, unique("name"))));

    assertThat(kept.schema().contains(byHand)).isFalse();
    assertThat(kept.beyond()).isEmpty();
  }

  private static Schema.Builder users(FactId... columns) {
    Schema.Builder builder = Schema.builder().add(USERS, table());
    for (FactId column : columns) {
      builder.add(column, new TableContent.Column("text", null, null, false));
    }
    return builder;
  }

  private static TableContent.Table table() {
    return new TableContent.Table(false, null, null, null);
  }

  private static ConstraintContent.Unique unique(String column) {
    return new ConstraintContent.Unique(
        List.of(column),
        List.of(),
        false,
        false,
        ConstraintContent.Deferral.IMMEDIATE,
        new TreeMap<>());
  }

  private static Loaded loaded(Schema.Builder models) {
    return new Loaded(models.build(), id -> id.equals(USERS) || id.kind() == Kind.COLUMN, "Test 1");
  }
}
