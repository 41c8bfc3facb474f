package dev.whimbrel.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PostgresqlSpellingTest {
  @Test
  void aCastOfAListMovesToItsElements() {
    assertThat(
            PostgresqlSpelling.settled(
                "((s)::text = ANY ((ARRAY['a'::character varying, 'b, ]'::character"
                    + " varying])::text[]))"))
        .isEqualTo(
            "((s)::text = ANY (ARRAY[('a'::character varying)::text, ('b, ]'::character"
                + " varying)::text]))");
  }

  @Test
  void eachOfSeveralListsMoves() {
    assertThat(PostgresqlSpelling.settled("f((ARRAY[a])::text[]) or f((ARRAY[b, c])::x.\"Y\"[])"))
        .isEqualTo("f(ARRAY[(a)::text]) or f(ARRAY[(b)::x.\"Y\", (c)::x.\"Y\"])");
  }

  @Test
  void whatIsNoSuchCastStays() {
    for (String text :
        new String[] {
          "(ARRAY[1, 2])",
          "(ARRAY[1, 2] || x)",
          "'(ARRAY[1])::text[]'::text",
          "(ARRAY[1])::text",
          "(ARRAY[1",
          "a = b"
        }) {
      assertThat(PostgresqlSpelling.settled(text)).isEqualTo(text);
    }
  }
}
