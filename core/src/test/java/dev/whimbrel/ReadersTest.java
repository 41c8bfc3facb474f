package dev.whimbrel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Says when another version of Hibernate is the cause of a change. */
class ReadersTest {
  private static final String OLD = "hibernate 6.6.53.Final";
  private static final String NEW = "hibernate 7.4.13.Final";

  @Test
  void saysNothingOfTheSameVersion() {
    Readers same = Readers.of(OLD + ", models 1a2b", OLD + ", models 3c4d");
    assertThat(same.note()).isEmpty();
    assertThat(same.cause()).isEmpty();
  }

  @Test
  void namesTheVersionAsTheCauseWhenNoClassChanged() {
    Readers readers = Readers.of(OLD + ", models 1a2b", NEW + ", models 1a2b");
    assertThat(readers.cause())
        .isEqualTo(", all because of hibernate 7.4.13.Final after hibernate 6.6.53.Final");
    assertThat(readers.note()).startsWith("No class changed since the last generated revision");
  }

  @Test
  void onlyWarnsOfTheVersionWhenClassesChangedToo() {
    Readers readers = Readers.of(OLD + ", models 1a2b", NEW + ", models 3c4d");
    assertThat(readers.cause()).isEmpty();
    assertThat(readers.note()).contains("changes that nobody made to a class come from that");
  }

  @Test
  void doesNotKnowWhetherClassesChangedWithoutAChecksum() {
    assertThat(Readers.of(OLD, NEW + ", models 3c4d").cause()).isEmpty();
    assertThat(Readers.of("", NEW + ", models 3c4d").note()).isEmpty();
  }
}
