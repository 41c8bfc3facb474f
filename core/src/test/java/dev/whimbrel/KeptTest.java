package dev.whimbrel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.schema.CodeContent;
import dev.whimbrel.schema.ConstraintContent;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TableContent;
import dev.whimbrel.source.Loaded;
import java.util.List;
import java.util.Set;
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

    Kept kept = Kept.of(old, loaded(users(NAME)), Set.of());

    assertThat(kept.schema()).isEqualTo(old);
    assertThat(kept.beyond()).containsExactly(AUDIT);
  }

  @Test
  void letsAColumnOfTheModelsGoWithWhatHangsOnIt() {
    FactId comment = FactId.on(Kind.COMMENT, PHONE);
    Schema old = users(NAME, PHONE).add(comment, new Content.Comment("with prefix")).build();

    Kept kept = Kept.of(old, loaded(users(NAME)), Set.of());

    assertThat(kept.schema()).isEqualTo(users(NAME).build());
    assertThat(kept.beyond()).isEmpty();
  }

  @Test
  void reportsAConstraintBeyondTheModels() {
    FactId unique = FactId.of(Kind.UNIQUE, "public", "users", "one_name");
    Schema old = users(NAME).add(unique, unique("name")).build();

    Kept kept = Kept.of(old, loaded(users(NAME)), Set.of());

    assertThat(kept.schema()).isEqualTo(old);
    assertThat(kept.beyond()).containsExactly(unique);
  }

  @Test
  void takesTheSameConstraintUnderAnotherNameForTheModels() {
    FactId byHand = FactId.of(Kind.UNIQUE, "public", "users", "one_name");
    FactId hashed = FactId.of(Kind.UNIQUE, "public", "users", "uk3g1j96g94xpk3lpxl2qbl985x");
    Schema old = users(NAME).add(byHand, unique("name")).build();

    Kept kept = Kept.of(old, loaded(users(NAME).add(hashed, unique("name"))), Set.of());

    assertThat(kept.schema().contains(byHand)).isFalse();
    assertThat(kept.beyond()).isEmpty();
  }

  @Test
  void dropsWhatSomebodySaysShallGoWithItsSequence() {
    FactId id = FactId.of(Kind.COLUMN, "public", "audit", "id");
    FactId ids = FactId.of(Kind.SEQUENCE, "public", "audit_id_seq");
    Schema old =
        users(NAME)
            .add(AUDIT, table())
            .add(id, new TableContent.Column("integer", null, null, false))
            .add(ids, new TableContent.Sequence("integer", "1", "1", "1", "9", "1", false, false))
            .add(ids.as(Kind.SEQUENCE_OWNER), new TableContent.SequenceOwner(id))
            .build();

    assertThat(Kept.of(old, loaded(users(NAME)), Set.of()).beyond()).containsExactly(AUDIT);
    assertThat(Kept.of(old, loaded(users(NAME)), Set.of(AUDIT)).schema())
        .isEqualTo(users(NAME).build());
  }

  @Test
  void leavesAViewThatAnEntityMapsAView() {
    FactId view = FactId.of(Kind.VIEW, "public", "users");
    Schema old =
        Schema.builder().add(view, new CodeContent.View("select 1 as name", List.of())).build();
    FactId key = FactId.of(Kind.PRIMARY_KEY, "public", "users", "users_pkey");

    Kept kept = Kept.of(old, loaded(users(NAME).add(key, primaryKey("name"))), Set.of());

    assertThat(kept.schema()).isEqualTo(old);
  }

  @Test
  void leavesAPartitionedTablePartitionedWithItsKey() {
    FactId key = FactId.of(Kind.PRIMARY_KEY, "public", "users", "users_pkey");
    TableContent.Table partitioned = new TableContent.Table(false, "RANGE (name)", null, null);
    Schema old =
        users(NAME).remove(USERS).add(USERS, partitioned).add(key, primaryKey("name")).build();

    Kept kept = Kept.of(old, loaded(users(NAME).add(key, primaryKey("id"))), Set.of());

    assertThat(kept.schema()).isEqualTo(old);
  }

  @Test
  void letsTheUnnamedCheckOfAnEnumGoWithTheTypeOfItsColumn() {
    FactId check = FactId.of(Kind.CHECK, "public", "users", "users_name_check");
    FactId other = FactId.of(Kind.CHECK, "public", "users", "short_name");
    ConstraintContent.Check content =
        new ConstraintContent.Check("(name <> ''::text)", false, true, true);
    Schema old = users(NAME).add(check, content).add(other, content).build();
    TableContent.Column level = new TableContent.Column("public.level", null, null, false);

    assertThat(Kept.of(old, loaded(users(NAME)), Set.of()).schema()).isEqualTo(old);
    Kept kept = Kept.of(old, loaded(users().add(NAME, level)), Set.of());
    assertThat(kept.schema().contains(check)).isFalse();
    assertThat(kept.beyond()).containsExactly(other);
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

  private static ConstraintContent.PrimaryKey primaryKey(String column) {
    return new ConstraintContent.PrimaryKey(
        List.of(column), List.of(), false, ConstraintContent.Deferral.IMMEDIATE, new TreeMap<>());
  }

  private static Loaded loaded(Schema.Builder models) {
    return new Loaded(models.build(), id -> id.equals(USERS) || id.kind() == Kind.COLUMN, "Test 1");
  }
}
