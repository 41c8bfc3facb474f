package dev.whimbrel.graph;

import static dev.whimbrel.graph.GraphTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.revision.Revision;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathTest {
  private static final List<String> NOTHING = List.of();

  /*  a1 <- a2 <- a3 <- a4  */
  private final Graph line = Picture.graph("a1 <- a2 <- a3 <- a4");

  /*  a1 <- a2 <--- a3 <- a4
   *            `- b3 <- b4      left: a3, right: b3  */
  private final Graph fork =
      Picture.graph("a1 <- a2 <- a3 <- a4", "a2 <- b3 <- b4", "left: a3", "right: b3");

  /*  a1 <- a2 <--- a3 <---- m5 <- m6
   *            `- b3 <-'  */
  private final Graph diamond = Picture.graph("a1 <- a2 <- a3 <- m5 <- m6", "a2 <- b3 <- m5");

  /*  a1 <- a2 <- a3
   *         ^
   *         ~
   *  b1 <- b2 <- b3  */
  private final Graph islands =
      Picture.graph("a1 <- a2 <- a3", "b1 <- b2 <- b3", "a2 <~ b2", "left: a1", "right: b1");

  @Test
  void upgradesFromNothingToTheHead() {
    assertThat(up(line, NOTHING, "head"))
        .containsExactly("a1 -> [a1]", "a2 -> [a2]", "a3 -> [a3]", "a4 -> [a4]");
  }

  @Test
  void upgradesOnlyWhatIsMissing() {
    assertThat(up(line, List.of("a2"), "head")).containsExactly("a3 -> [a3]", "a4 -> [a4]");
    assertThat(up(line, List.of("a1", "a2"), "a3")).containsExactly("a3 -> [a3]");
    assertThat(up(line, List.of("a4"), "a2")).isEmpty();
    assertThat(up(line, List.of("a4"), "base")).isEmpty();
  }

  @Test
  void countsStepsFromWhereTheDatabaseIs() {
    assertThat(up(line, NOTHING, "+1")).containsExactly("a1 -> [a1]");
    assertThat(up(line, List.of("a1"), "+2")).containsExactly("a2 -> [a2]", "a3 -> [a3]");
    assertThat(up(line, NOTHING, "a1+1")).containsExactly("a1 -> [a1]", "a2 -> [a2]");
    assertThat(up(line, List.of("a1"), "head-1")).containsExactly("a2 -> [a2]", "a3 -> [a3]");
    assertThat(up(line, List.of("a1"), "head+0")).hasSize(3);
    assertThat(down(line, List.of("a3"), "-1")).containsExactly("a3 -> [a2]");
    assertThat(down(line, List.of("a3"), "-3"))
        .containsExactly("a3 -> [a2]", "a2 -> [a1]", "a1 -> []");
    assertThat(down(line, List.of("a4"), "a3-1")).containsExactly("a4 -> [a3]", "a3 -> [a2]");
    assertThat(down(line, List.of("a4"), "a1+1")).containsExactly("a4 -> [a3]", "a3 -> [a2]");
  }

  @Test
  void refusesStepsBeyondTheGraph() {
    assertProblem(() -> line.upgrade(List.of("a3"), "+2"), "graph.too-far", "ends after 1");
    assertProblem(() -> line.downgrade(List.of("a2"), "-3"), "graph.too-far", "ends after 2");
    assertProblem(() -> line.downgrade(NOTHING, "-1"), "graph.too-far", "ends after 0");
  }

  @Test
  void refusesStepsInTheOtherDirection() {
    assertProblem(() -> line.upgrade(List.of("a3"), "-1"), "graph.upgrade-down", "-1");
    assertProblem(() -> line.downgrade(List.of("a3"), "+1"), "graph.downgrade-up", "+1");
    assertProblem(() -> line.upgrade(List.of("a3"), "+0"), "graph.no-steps", "+0");
  }

  @Test
  void severalHeadsAreAmbiguousForHeadButNotForHeads() {
    assertProblem(() -> fork.upgrade(NOTHING, "head"), "graph.several-heads", "a4, b4");
    assertThat(up(fork, NOTHING, "heads")).last().isEqualTo("b4 -> [a4, b4]");
    assertProblem(() -> fork.downgrade(List.of("a4"), "heads"), "graph.several-heads", "a4, b4");
  }

  @Test
  void aBranchIsNamedByItsLabelOrByAnyOfItsRevisions() {
    assertThat(up(fork, List.of("a2"), "left@head")).containsExactly("a3 -> [a3]", "a4 -> [a4]");
    assertThat(up(fork, List.of("a2"), "b4@head")).containsExactly("b3 -> [b3]", "b4 -> [b4]");
    assertThat(up(fork, List.of("a2"), "left")).containsExactly("a3 -> [a3]");
    assertThat(up(fork, List.of("a2"), "right@+1")).containsExactly("b3 -> [b3]");
    assertThat(up(fork, List.of("a3"), "right@+1"))
        .as("from the fork")
        .containsExactly("b3 -> [a3, b3]");
    assertProblem(() -> fork.upgrade(List.of("a2"), "+1"), "graph.fork-above", "a3, b3");
    assertProblem(() -> fork.upgrade(List.of("a2"), "left@b3"), "graph.not-on-branch", "b3");
  }

  @Test
  void stepsFromSeveralCurrentRevisionsNeedABranch() {
    List<String> both = List.of("a4", "b4");
    assertProblem(() -> fork.downgrade(both, "-1"), "graph.several-current", "a4, b4");
    assertProblem(() -> fork.upgrade(List.of("a3", "b3"), "+1"), "graph.several-current", "a3, b3");
    assertThat(down(fork, both, "left@-1")).containsExactly("a4 -> [a3, b4]");
    assertThat(down(fork, both, "right@-2")).containsExactly("b4 -> [a4, b3]", "b3 -> [a4]");
    assertThat(down(fork, List.of("a3", "b3"), "left@-1")).containsExactly("a3 -> [b3]");
  }

  @Test
  void comingDownToAForkTakesBothBranchesUnlessOneIsNamed() {
    List<String> both = List.of("a3", "b3");
    assertThat(down(fork, both, "a2")).containsExactly("b3 -> [a3]", "a3 -> [a2]");
    assertThat(down(fork, both, "left@a2")).containsExactly("a3 -> [b3]");
  }

  @Test
  void takingBackAMergeLeavesItsParents() {
    assertThat(down(diamond, List.of("m5"), "a3")).containsExactly("m5 -> [a3, b3]");
    assertThat(down(diamond, List.of("m6"), "a2"))
        .containsExactly("m6 -> [m5]", "m5 -> [a3, b3]", "b3 -> [a3]", "a3 -> [a2]");
    assertProblem(() -> diamond.downgrade(List.of("m5"), "-1"), "graph.fork-below", "a3, b3");
  }

  @Test
  void applyingAMergeReplacesItsParents() {
    assertThat(up(diamond, List.of("a3"), "head"))
        .containsExactly("b3 -> [a3, b3]", "m5 -> [m5]", "m6 -> [m6]");
  }

  @Test
  void aDependencyIsAppliedFirstAndTakenBackLast() {
    assertThat(up(islands, NOTHING, "right@head"))
        .containsExactly("a1 -> [a1]", "a2 -> [a2]", "b1 -> [a2, b1]", "b2 -> [b2]", "b3 -> [b3]");
    assertThat(down(islands, List.of("b3"), "a1"))
        .containsExactly("b3 -> [b2]", "b2 -> [a2, b1]", "a2 -> [a1, b1]");
    assertThat(down(islands, List.of("b3"), "right@base"))
        .containsExactly("b3 -> [b2]", "b2 -> [a2, b1]", "b1 -> [a2]");
  }

  @Test
  void aBranchThatIsOnlyNeededByAnotherCanBeSteppedDown() {
    assertThat(down(islands, List.of("b3"), "left@-1"))
        .containsExactly("b3 -> [b2]", "b2 -> [a2, b1]", "a2 -> [a1, b1]");
  }

  @Test
  void refusesATargetThatIsNotBelow() {
    assertProblem(() -> fork.downgrade(List.of("a4"), "b3"), "graph.not-below", "a4");
    assertProblem(() -> line.downgrade(NOTHING, "a1"), "graph.not-below", "the base");
    assertThat(line.downgrade(List.of("a4"), "a4")).isEmpty();
    assertThat(line.downgrade(NOTHING, "base")).isEmpty();
  }

  @Test
  void refusesACurrentRevisionThatNoFileHas() {
    assertProblem(() -> line.upgrade(List.of("zz"), "head"), "graph.not-in-files", "zz");
  }

  private static List<String> up(Graph graph, List<String> current, String target) {
    return graph.upgrade(current, target).stream().map(PathTest::draw).toList();
  }

  private static List<String> down(Graph graph, List<String> current, String target) {
    return graph.downgrade(current, target).stream().map(PathTest::draw).toList();
  }

  private static String draw(Move move) {
    Revision revision = move.revision();
    return revision.id() + " -> " + move.heads().stream().sorted().toList();
  }
}
