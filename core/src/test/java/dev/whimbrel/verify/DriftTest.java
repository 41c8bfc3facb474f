package dev.whimbrel.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DriftTest {
  private static final String LEFT =
      """
      TABLE public.users
        persistence: PERMANENT
      COLUMN public.users.phone
        type: character varying(20)
      INDEX public.users.ix_phone
        unique: true
      """;

  @Test
  void equalTextsDoNotDiffer() {
    assertThat(Drift.between(LEFT, LEFT)).isEmpty();
  }

  @Test
  void namesWhatWasAddedWhatIsGoneAndWhatChangedHow() {
    String now =
        """
        TABLE public.users
          persistence: PERMANENT
        COLUMN public.users.phone
          type: character varying(30)
        COLUMN public.users.nick\\.name
          type: text
        GRANT TABLE.public.users.reader.SELECT
        UNMODELLED cast: text to users
        """;

    assertThat(Drift.between(LEFT, now))
        .containsExactly(
            "+ column public.users.nick.name",
            "~ column public.users.phone: type: character varying(20) is now type: character"
                + " varying(30)",
            "+ grant of SELECT on public.users to reader",
            "- index public.users.ix_phone",
            "+ cast: text to users");
  }
}
