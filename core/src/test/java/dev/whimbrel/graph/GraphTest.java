package dev.whimbrel.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.revision.Draft;
import dev.whimbrel.revision.Revision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class GraphTest {
  /*
   *  a1 <- a2 <--- a3 <- a4 ---.
   *             `- b3 <- b4 <- m5
   */
  private static final String[] DIAMOND = {
    "a1 <- a2 <- a3 <- a4 <- m5", "a2 <- b3 <- b4 <- m5", "left: a3", "right: b3"
  };

  @Test
  void anEmptyDirectoryIsAGraph() {
    Graph graph = Graph.of(List.of());
    assertThat(graph.heads()).isEmpty();
    assertThat(graph.bases()).isEmpty();
    assertThat(graph.upgrade(List.of(), "head")).isEmpty();
    assertThat(graph.headProblem(null, "HEAD")).isEmpty();
  }

  @Test
  void knowsHeadsBasesBranchPointsAndMerges() {
    Graph graph = Picture.graph(DIAMOND);
    assertThat(graph.heads()).containsExactly("m5");
    assertThat(graph.bases()).containsExactly("a1");
    assertThat(graph.branchPoints()).containsExactly("a2");
    assertThat(graph.merges()).containsExactly("m5");
    assertThat(graph.children("a2")).containsExactly("a3", "b3");
    assertThat(graph.find("zz")).isEmpty();
  }

  @Test
  void aDependencyEndsNoBranchButCoversARealHead() {
    Graph graph = Picture.graph("a1 <- a2", "b1 <- b2", "a2 <~ b2");
    assertThat(graph.heads()).containsExactly("a2", "b2");
    assertThat(graph.realHeads()).containsExactly("b2");
    assertThat(graph.ancestors(List.of("b2"))).containsExactly("a1", "a2", "b1", "b2");
    assertThat(graph.descendants(List.of("a1"))).containsExactly("a1", "a2", "b2");
  }

  @Test
  void whatIsRepeatableIsNeitherHeadNorBaseAndComesLast() {
    Graph graph = Picture.graph("R__b", "a1 <- a2", "R__a", "a1 <~ R__a");
    assertThat(ids(graph.upgrade(List.of(), "head"))).containsExactly("a1", "a2", "R__a", "R__b");
    assertThat(graph.heads()).containsExactly("a2");
    assertThat(graph.realHeads()).containsExactly("a2");
    assertThat(graph.bases()).containsExactly("a1");
    assertThat(graph.headsOf(List.of("a1", "R__a"))).containsExactly("a1");
    assertThat(graph.upgrade(List.of(), "head").getLast().heads()).containsExactly("a2");
    assertThat(ids(graph.upgrade(List.of(), "a1"))).containsExactly("a1");
    assertThat(ids(graph.upgrade(List.of("a1", "R__a"), "+1"))).containsExactly("a2", "R__b");
  }

  @Test
  void whatIsRepeatableRunsAgainWhereItIsAppliedAndHasChanged() {
    Graph graph = Picture.graph("a1 <- a2 <- a3", "a1 <~ R__a <~ a2", "R__b");
    List<String> all = List.of("a1", "R__a", "a2", "R__b");
    assertThat(ids(graph.upgrade(all, List.of(), "head"))).containsExactly("a3");
    assertThat(ids(graph.upgrade(all, List.of("R__a"), "head"))).containsExactly("R__a", "a3");
    assertThat(ids(graph.upgrade(all, List.of("R__a"), "a2"))).isEmpty();
    assertThat(graph.upgrade(all, List.of("R__b"), "heads").getLast().heads())
        .containsExactly("a3");
  }

  @Test
  void goingDownTakesWhatIsRepeatableBackOnlyWhereItMust() {
    Graph graph = Picture.graph("a1 <- a2", "a2 <~ R__a", "R__b");
    List<String> all = List.of("a1", "a2", "R__a", "R__b");
    assertThat(ids(graph.downgrade(all, "-1"))).containsExactly("R__a", "a2");
    assertThat(graph.downgrade(all, "-1").getFirst().heads()).containsExactly("a2");
    assertThat(ids(graph.downgrade(all, "base"))).containsExactly("R__b", "R__a", "a2", "a1");
    assertThatThrownBy(() -> Picture.graph("R__a <- a1"))
        .isInstanceOfSatisfying(
            WhimbrelException.class,
            e -> assertThat(e.problem().key()).isEqualTo("graph.repeatable-parent"));
  }

  private static List<String> ids(List<Move> moves) {
    return moves.stream().map(move -> move.revision().id()).toList();
  }

  @Test
  void aDependencyMayBeALabel() {
    Graph graph = Graph.of(withDependencyOnLabel());
    assertThat(graph.ancestors(List.of("b2"))).containsExactly("a1", "a2", "b1", "b2");
  }

  private static List<Revision> withDependencyOnLabel() {
    List<Revision> revisions = new ArrayList<>(Picture.revisions("a1 <- a2", "b1", "left: a2"));
    revisions.add(Picture.revision("b2", 9, Set.of("b1"), Set.of("left"), Set.of()));
    return revisions;
  }

  @Test
  void theOrderDoesNotDependOnTheOrderOfFiles() {
    List<Revision> revisions = new ArrayList<>(Picture.revisions(DIAMOND));
    List<Revision> expected = Graph.of(revisions).revisions();
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(revisions, new Random(seed));
      assertThat(Graph.of(revisions).revisions()).isEqualTo(expected);
    }
  }

  @Test
  void theHeadsOfWhatIsAppliedAreItsTips() {
    Graph graph = Picture.graph(DIAMOND);
    assertThat(graph.headsOf(List.of())).isEmpty();
    assertThat(graph.headsOf(List.of("a1", "a2"))).containsExactly("a2");
    assertThat(graph.headsOf(List.of("a1", "a2", "a3", "b3"))).containsExactly("a3", "b3");
    assertThat(graph.headsOf(graph.ancestors(List.of("m5")))).containsExactly("m5");
  }

  @Test
  void aLabelNamesItsBranchUpwardsAndDownToTheFork() {
    Graph graph = Picture.graph("a1 <- a2 <- a3 <- a4 <- a5", "a2 <- b3", "left: a4", "root: a1");
    assertThat(graph.labels("a5")).containsExactly("left", "root");
    assertThat(graph.labels("a3")).containsExactly("left", "root");
    assertThat(graph.labels("a2")).containsExactly("root");
    assertThat(graph.labels("b3")).containsExactly("root");
  }

  @Test
  void refusesTwoFilesWithOneId() {
    List<Revision> revisions = new ArrayList<>(Picture.revisions("a1 <- a2"));
    revisions.add(Picture.revision("a2", 5, Set.of("a1"), Set.of(), Set.of()));
    assertProblem(() -> Graph.of(revisions), "graph.duplicate", "a2.sql and a2.sql");
  }

  @Test
  void refusesAMissingParentAndNamesTheNearest() {
    List<Revision> revisions =
        List.of(
            Picture.revision("04f23c4db7a1", 1, Set.of(), Set.of(), Set.of()),
            Picture.revision("b", 2, Set.of("04f23c4db7a2"), Set.of(), Set.of()));
    assertProblem(() -> Graph.of(revisions), "graph.missing-parent", "04f23c4db7a2");
    assertThatThrownBy(() -> Graph.of(revisions))
        .satisfies(e -> assertThat(remedy(e)).contains("Did you mean 04f23c4db7a1?"));
  }

  @Test
  void refusesAMissingDependency() {
    List<Revision> revisions =
        List.of(Picture.revision("b", 2, Set.of(), Set.of("payments"), Set.of()));
    assertProblem(() -> Graph.of(revisions), "graph.missing-dependency", "payments");
  }

  @Test
  void refusesACycleAndNamesItsMembersInOrder() {
    assertProblem(
        () -> Picture.graph("a1 <- a2 <- a3 <- a4", "a3 <- a2"),
        "graph.cycle",
        "a2 (a2.sql) -> a3 (a3.sql) -> a2");
    assertProblem(() -> Picture.graph("a1 <- a1"), "graph.cycle", "a1 (a1.sql) -> a1");
  }

  @Test
  void refusesACycleThroughADependency() {
    assertProblem(
        () -> Picture.graph("a1 <- a2 <- a3", "a3 <~ a1"),
        "graph.cycle",
        "a1 (a1.sql) -> a2 (a2.sql) -> a3 (a3.sql) -> a1");
  }

  @Test
  void refusesALabelThatIsGivenTwiceOrIsAnId() {
    assertProblem(() -> Picture.graph("a1 <- a2", "x: a1", "x: a2"), "graph.label-twice", "a1");
    assertProblem(() -> Picture.graph("a1 <- a2", "a1: a2"), "graph.label-is-id", "a1");
  }

  @Test
  void headMustNameTheHeads() {
    Graph graph = Picture.graph("a1 <- a2", "a1 <- b2");
    assertThat(graph.headProblem(List.of("b2", "a2"), "HEAD")).isEmpty();
    assertThat(graph.headProblem(List.of("a2"), "HEAD").map(p -> p.key()))
        .contains("graph.head-differs");
    assertThat(graph.headProblem(null, "HEAD").map(p -> p.key())).contains("graph.no-head-file");
  }

  @Test
  void theChainChangesWithAnyAncestorAndNotWithOthers() {
    List<Revision> revisions = Picture.revisions(DIAMOND);
    var before = Graph.of(revisions).chains();
    var after = Graph.of(revisions.stream().map(r -> tampered(r, "b3")).toList()).chains();
    assertThat(after.get("a4")).isEqualTo(before.get("a4"));
    assertThat(List.of("b3", "b4", "m5"))
        .allSatisfy(id -> assertThat(after.get(id)).isNotEqualTo(before.get(id)));
  }

  private static Revision tampered(Revision r, String id) {
    String checksum = r.id().equals(id) ? "f".repeat(64) : r.checksum();
    return new Revision(
        r.id(),
        r.revises(),
        r.message(),
        r.created(),
        r.labels(),
        r.depends(),
        r.phase(),
        r.generated(),
        r.upgrade(),
        r.downgrade(),
        checksum,
        r.file());
  }

  @Test
  void twoPeopleWhoMergeTheSameHeadsMakeTheSameRevision() {
    Graph graph = Picture.graph("a1 <- a2", "a1 <- b2", "left: a2");
    Draft merge = graph.merge(List.of());
    assertThat(merge.revises()).containsExactly("a2", "b2");
    assertThat(merge.id()).matches("[0-9a-f]{12}");
    assertThat(merge.created()).isNull();
    assertThat(graph.merge(List.of("b2", "left@head"))).isEqualTo(merge);
  }

  @Test
  void refusesToMergeLessThanTwo() {
    assertProblem(() -> Picture.graph("a1 <- a2").merge(List.of()), "graph.nothing-to-merge", "a2");
  }

  @Test
  void tenThousandRevisionsAreLinkedAndPlanned() {
    List<Revision> revisions = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      Set<String> parents = i == 0 ? Set.of() : Set.of("r" + (i - 1));
      revisions.add(Picture.revision("r" + i, i, parents, Set.of(), Set.of()));
    }
    Collections.shuffle(revisions, new Random(7));
    Graph graph = Graph.of(revisions);
    assertThat(graph.upgrade(List.of("r9"), "head")).hasSize(9_990);
    assertThat(graph.downgrade(List.of("r9999"), "base")).hasSize(10_000);
    assertThat(graph.chains()).hasSize(10_000);
    assertThat(Optional.of(graph.heads())).contains(List.of("r9999"));
  }

  static void assertProblem(ThrowingCallable call, String key, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WhimbrelException.class,
            e -> {
              assertThat(e.problem().key()).isEqualTo(key);
              assertThat(e.problem().problem()).contains(text);
              assertThat(e.code()).isNotEqualTo(ErrorCode.E_INTERNAL);
            });
  }

  private static String remedy(Throwable e) {
    return ((WhimbrelException) e).problem().remedy();
  }
}
