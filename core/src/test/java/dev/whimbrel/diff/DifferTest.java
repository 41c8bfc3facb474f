package dev.whimbrel.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.change.Change;
import dev.whimbrel.dialect.postgresql.PostgresqlDiff;
import dev.whimbrel.schema.CodeContent.View;
import dev.whimbrel.schema.CodeContent.ViewColumn;
import dev.whimbrel.schema.ConstraintContent.Action;
import dev.whimbrel.schema.ConstraintContent.Deferral;
import dev.whimbrel.schema.ConstraintContent.ForeignKey;
import dev.whimbrel.schema.ConstraintContent.PrimaryKey;
import dev.whimbrel.schema.ConstraintContent.Unique;
import dev.whimbrel.schema.Content.Comment;
import dev.whimbrel.schema.Content.Namespace;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TableContent.Column;
import dev.whimbrel.schema.TableContent.Table;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DifferTest {
  private static final int MANY = 3_000;
  private final Differ differ = new Differ(new PostgresqlDiff(18));

  @Test
  void findsNothingBetweenASchemaAndItself() {
    Schema schema = table(table(Schema.builder(), "users"), "posts").build();
    assertThat(differ.compare(schema, schema).changes()).isEmpty();
  }

  @Test
  void createsATableWithAllItsPartsAtOnce() {
    assertThat(kinds(Schema.empty(), table(Schema.builder(), "users").build()))
        .containsExactly("CreateNamespace public", "CreateTable public.users");
  }

  @Test
  void doesNotCountTheOrderOfColumns() {
    Schema one = column(column(empty("t"), "a", 1), "b", 2).build();
    Schema other = column(column(empty("t"), "b", 1), "a", 2).build();
    assertThat(kinds(one, other)).isEmpty();
  }

  @Test
  void splitsTablesThatReferToEachOther() {
    Schema.Builder both = table(table(Schema.builder(), "a"), "b");
    reference(both, "a", "b");
    reference(both, "b", "a");
    assertThat(kinds(Schema.empty(), both.build()))
        .containsExactly(
            "CreateNamespace public",
            "CreateTable public.b",
            "CreateTable public.a",
            "AddForeignKey public.b.b_a_fk");
  }

  @Test
  void takesDownWhatRefersBeforeWhatIsReferredTo() {
    Schema.Builder both = table(table(Schema.builder(), "a"), "b");
    Schema.Builder none =
        Schema.builder().add(FactId.of(Kind.NAMESPACE, "public"), new Namespace());
    reference(both, "b", "a");
    assertThat(kinds(both.build(), none.build()))
        .containsExactly("DropTable public.b", "DropTable public.a");
  }

  @Test
  void recreatesAViewAndItsCommentAroundAColumnThatChangesItsType() {
    Schema before = view(column(empty("t"), "a", 1)).build();
    Schema after =
        view(empty("t").add(id("t", "a"), new Column("bigint", null, null, false), 1)).build();
    assertThat(kinds(before, after))
        .containsExactly(
            "DropView public.v",
            "AlterColumnType public.t.a",
            "CreateView public.v",
            "AddComment public.v");
  }

  @Test
  void takesInventedNamesForEqualAndRenamesChosenOnes() {
    assertThat(kinds(unique("t_a_key"), unique("uk6dotkott2kjsp8vw4d0m25fb7"))).isEmpty();
    assertThat(kinds(unique("mine"), unique("yours")))
        .containsExactly("RenameUnique public.t.mine");
    assertThat(kinds(unique("t_a_key"), unique("yours")))
        .containsExactly("RenameUnique public.t.t_a_key");
  }

  @Test
  void proposesARenameWithoutAssumingIt() {
    Difference difference =
        differ.compare(column(empty("t"), "a", 1).build(), column(empty("t"), "b", 1).build());
    assertThat(difference.candidates().getFirst().flag()).isEqualTo("public.t.a=public.t.b");
    assertThat(difference.changes()).hasSize(2);
  }

  @Test
  void saysWhatIsLost() {
    Difference difference = differ.compare(column(empty("t"), "a", 1).build(), empty("t").build());
    assertThat(difference.changes().getFirst().lost()).contains("data in public.t.a");
    assertThat(difference.changes().getFirst().inverse().kind()).isEqualTo("AddColumn");
  }

  @Test
  void comesToTheEndOfALongChain() {
    Schema.Builder chain = Schema.builder();
    for (int i = 0; i < MANY; i++) {
      table(chain, "t" + i);
    }
    for (int i = 1; i < MANY; i++) {
      reference(chain, "t" + (i - 1), "t" + i);
    }
    List<Change> changes = differ.compare(Schema.empty(), chain.build()).changes();
    assertThat(changes).hasSize(MANY + 1);
    assertThat(changes.get(1).object().name()).isEqualTo("t" + (MANY - 1));
  }

  private List<String> kinds(Schema from, Schema to) {
    return differ.compare(from, to).changes().stream()
        .map(change -> change.kind() + " " + change.object().display())
        .toList();
  }

  private static FactId id(String table, String column) {
    return FactId.of(Kind.COLUMN, "public", table, column);
  }

  private static Schema.Builder empty(String name) {
    return Schema.builder()
        .add(FactId.of(Kind.NAMESPACE, "public"), new Namespace())
        .add(FactId.of(Kind.TABLE, "public", name), new Table(false, null, null, "heap"));
  }

  private static Schema.Builder column(Schema.Builder builder, String name, int position) {
    return builder.add(id("t", name), new Column("integer", null, null, false), position);
  }

  private static Schema.Builder table(Schema.Builder builder, String name) {
    return builder
        .add(FactId.of(Kind.NAMESPACE, "public"), new Namespace())
        .add(FactId.of(Kind.TABLE, "public", name), new Table(false, null, null, "heap"))
        .add(id(name, "id"), new Column("integer", null, null, false), 1)
        .add(
            FactId.of(Kind.PRIMARY_KEY, "public", name, name + "_pkey"),
            new PrimaryKey(List.of("id"), List.of(), false, Deferral.IMMEDIATE, new TreeMap<>()));
  }

  private static void reference(Schema.Builder builder, String from, String to) {
    builder.add(
        FactId.of(Kind.FOREIGN_KEY, "public", from, from + "_" + to + "_fk"),
        new ForeignKey(
            List.of("id"),
            FactId.of(Kind.TABLE, "public", to),
            List.of("id"),
            false,
            Action.NO_ACTION,
            Action.NO_ACTION,
            List.of(),
            false,
            Deferral.IMMEDIATE,
            true,
            true));
  }

  private static Schema.Builder view(Schema.Builder builder) {
    FactId view = FactId.of(Kind.VIEW, "public", "v");
    return builder
        .add(view, new View("select a from public.t", List.of(new ViewColumn("a", "x", null))))
        .add(FactId.on(Kind.COMMENT, view), new Comment("all"))
        .depends(view, id("t", "a"));
  }

  private static Schema unique(String name) {
    return column(empty("t"), "a", 1)
        .add(
            FactId.of(Kind.UNIQUE, "public", "t", name),
            new Unique(List.of("a"), List.of(), false, false, Deferral.IMMEDIATE, new TreeMap<>()))
        .build();
  }
}
