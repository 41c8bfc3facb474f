package dev.whimbrel.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.schema.TableContent.Column;
import dev.whimbrel.schema.TableContent.ColumnDefault;
import dev.whimbrel.schema.TableContent.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private static final FactId USERS = FactId.of(Kind.TABLE, "public", "users");
  private static final FactId EMAIL = FactId.of(Kind.COLUMN, "public", "users", "email");
  private static final FactId AGE = FactId.of(Kind.COLUMN, "public", "users", "age");

  private static Schema.Builder users() {
    return Schema.builder()
        .add(USERS, new Table(false, null, null, "heap"))
        .add(EMAIL, new Column("text", null, null, false), 1)
        .add(AGE, new Column("integer", null, null, false), 2);
  }

  @Test
  void theOrderInWhichFactsAreAddedDoesNotCount() {
    Schema other =
        Schema.builder()
            .add(AGE, new Column("integer", null, null, false), 1)
            .add(EMAIL, new Column("text", null, null, false), 2)
            .add(USERS, new Table(false, null, null, "heap"))
            .build();

    assertThat(other).isEqualTo(users().build()).hasSameHashCodeAs(users().build());
    assertThat(other.toString()).isEqualTo(users().build().toString());
  }

  @Test
  void columnsComeInTheirPosition() {
    assertThat(users().build().columns(USERS))
        .extracting(fact -> fact.id().name())
        .containsExactly("email", "age");
  }

  @Test
  void columnsOfATableWhoseNameContinuesAnothersStayApart() {
    FactId longer = FactId.of(Kind.COLUMN, "public", "users_old", "email");
    Schema schema = users().add(longer, new Column("text", null, null, false)).build();

    assertThat(schema.columns(USERS)).hasSize(2);
    assertThat(schema.within(FactId.of(Kind.TABLE, "public", "users_old"), Kind.COLUMN)).hasSize(1);
  }

  @Test
  void aFactDependsOnWhatItLivesInAndOnWhatWasSaid() {
    FactId namespace = FactId.of(Kind.NAMESPACE, "public");
    FactId comment = FactId.on(Kind.COMMENT, EMAIL);
    Schema schema =
        users()
            .add(namespace, new Content.Namespace())
            .add(EMAIL.as(Kind.COLUMN_DEFAULT), new ColumnDefault("''::text"))
            .add(comment, new Content.Comment("where to write"))
            .depends(EMAIL, AGE)
            .depends(EMAIL, FactId.of(Kind.ENUM, "public", "gone"))
            .build();

    assertThat(schema.dependencies(USERS)).containsExactly(namespace);
    assertThat(schema.dependencies(EMAIL)).containsExactly(namespace, USERS, AGE);
    assertThat(schema.dependencies(EMAIL.as(Kind.COLUMN_DEFAULT)))
        .containsExactly(namespace, USERS, EMAIL);
    assertThat(schema.dependencies(comment)).containsExactly(namespace, USERS, EMAIL);
  }

  @Test
  void dependenciesSurviveAFilter() {
    Schema schema = users().depends(EMAIL, AGE).build();

    assertThat(schema.filter(fact -> true).dependencies(EMAIL)).containsExactly(USERS, AGE);
    assertThat(schema.filter(fact -> !fact.id().equals(AGE)).dependencies(EMAIL))
        .containsExactly(USERS);
  }

  @Test
  void anIdentityReadsBackWhateverItsNamesHold() {
    FactId odd = FactId.of(Kind.COLUMN, "a.b", "c\\d", "line\nend\r .");
    FactId grant = FactId.on(Kind.GRANT, odd, "PUBLIC", "SELECT");

    assertThat(FactId.parse(odd.toString())).isEqualTo(odd);
    assertThat(FactId.parse(grant.toString())).isEqualTo(grant);
    assertThat(grant.target()).isEqualTo(odd);
    assertThat(odd.toString()).doesNotContain("\n");
  }

  @Test
  void aFactOfTheWrongContentIsRefused() {
    assertThatThrownBy(() -> new Fact(USERS, new Content.Namespace()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TABLE public.users");
  }

  @Test
  void theTextNamesWhatDiffersObjectByObject() {
    String before = users().build().toString();
    String after =
        users()
            .remove(AGE)
            .add(EMAIL, new Column("citext", null, null, false), 1)
            .unmodelled("cast", "a → b")
            .build()
            .toString();

    assertThat(CanonicalText.compare(before, after))
        .containsExactly(
            entry("COLUMN public.users.age", new CanonicalText.Difference("type: integer\n", null)),
            entry(
                "COLUMN public.users.email",
                new CanonicalText.Difference("type: text\n", "type: citext\n")),
            entry("UNMODELLED cast: a → b", new CanonicalText.Difference(null, "")));
    assertThat(CanonicalText.compare(before, before)).isEmpty();
  }

  @Test
  void everyKindHasAContentOfItsOwn() {
    assertThat(List.of(Kind.values())).extracting(Kind::type).doesNotHaveDuplicates();
    assertThat(List.of(Kind.values()))
        .allSatisfy(kind -> assertThat(kind.type().isRecord()).isTrue());
  }

  private static Map.Entry<String, CanonicalText.Difference> entry(
      String id, CanonicalText.Difference difference) {
    return Map.entry(id, difference);
  }
}
