package dev.whimbrel.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where things stand in pictures. */
class LayoutTest {
  @Test
  void givesEachBranchALaneAndEndsItAtTheMerge() {
    Lanes lanes =
        Lanes.of(
            List.of(
                new Lanes.Node("merge", List.of("b", "c")),
                new Lanes.Node("c", List.of("a")),
                new Lanes.Node("b", List.of("a")),
                new Lanes.Node("a", List.of())));

    assertThat(lanes.places()).extracting(Lanes.Place::lane).containsExactly(0, 1, 0, 0);
    assertThat(lanes.width()).isEqualTo(2);
    assertThat(lanes.edges())
        .containsExactlyInAnyOrder(
            new Lanes.Edge(0, 0, 0, 2, 0),
            new Lanes.Edge(0, 0, 1, 1, 1),
            new Lanes.Edge(1, 1, 1, 3, 0),
            new Lanes.Edge(2, 0, 0, 3, 0));
  }

  @Test
  void leadsToTheBottomWhereAParentIsNotShown() {
    assertThat(Lanes.of(List.of(new Lanes.Node("b", List.of("a")))).edges())
        .containsExactly(new Lanes.Edge(0, 0, 0, 1, 0));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noLineRunsThroughAnotherRevision(long seed) {
    Random random = new Random(seed);
    List<Lanes.Node> nodes = new ArrayList<>();
    for (int i = 60; i > 0; i--) {
      List<String> parents = new ArrayList<>();
      for (int p = 0; p < 1 + random.nextInt(2) && i > 1; p++) {
        String parent = Integer.toString(Math.max(1, i - 1 - random.nextInt(4)));
        if (!parents.contains(parent)) {
          parents.add(parent);
        }
      }
      nodes.add(new Lanes.Node(Integer.toString(i), parents));
    }
    Lanes lanes = Lanes.of(nodes);

    for (Lanes.Edge edge : lanes.edges()) {
      for (Lanes.Place place : lanes.places()) {
        boolean between = place.row() > edge.fromRow() && place.row() < edge.toRow();
        assertThat(between && place.lane() == edge.via()).as("%s %s", edge, place).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noBoxCoversAnother(long seed) {
    Random random = new Random(seed);
    List<Layers.Box> boxes = new ArrayList<>();
    List<Layers.Line> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      boxes.add(new Layers.Box(i, "t" + i, 140 + random.nextInt(100), 40 + random.nextInt(200)));
      if (i % 3 != 0) {
        lines.add(new Layers.Line(i, random.nextInt(40)));
      }
    }
    Layers.Placed placed = Layers.of(boxes, lines);

    assertThat(placed.spots()).hasSize(40);
    for (Layers.Box a : boxes) {
      for (Layers.Box b : boxes) {
        assertThat(a.id() < b.id() && overlap(placed, a, b)).as("%s %s", a, b).isFalse();
      }
    }
  }

  private static boolean overlap(Layers.Placed placed, Layers.Box a, Layers.Box b) {
    Layers.Spot one = placed.spots().get(a.id());
    Layers.Spot other = placed.spots().get(b.id());
    return one == null
        || other == null
        || (one.x() < other.x() + b.width()
            && other.x() < one.x() + a.width()
            && one.y() < other.y() + b.height()
            && other.y() < one.y() + a.height());
  }

  @Test
  void countsWideLettersTwiceAndShortensBetweenLetters() {
    assertThat(Lettering.columns("表名")).isEqualTo(4);
    assertThat(Lettering.fitted("顧客の表です", 40)).isEqualTo("顧客…");
    assertThat(Lettering.fitted("short", 100)).isEqualTo("short");
  }
}
