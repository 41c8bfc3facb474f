package dev.whimbrel.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class DagTest {
  @Test
  void sortsByEdgesAndThenByTies() {
    Dag<String> dag = new Dag<String>().edge("z", "a").node("m").edge("z", "b").node("m");
    assertThat(sort(dag)).isEqualTo(new Sorted.Order<>(List.of("m", "z", "a", "b")));
  }

  @Test
  void anEdgeThatIsAddedTwiceCountsOnce() {
    Dag<String> dag = new Dag<String>().edge("b", "a").edge("b", "a");
    assertThat(sort(dag)).isEqualTo(new Sorted.Order<>(List.of("b", "a")));
  }

  @Test
  void aCycleIsNamedInOrderFromItsSmallestMember() {
    Dag<String> dag =
        new Dag<String>()
            .edge("root", "c")
            .edge("c", "a")
            .edge("a", "b")
            .edge("b", "c")
            .edge("b", "leaf");
    assertThat(sort(dag)).isEqualTo(new Sorted.Cycle<>(List.of("a", "b", "c")));
    assertThat(sort(new Dag<String>().edge("x", "x"))).isEqualTo(new Sorted.Cycle<>(List.of("x")));
  }

  @Test
  void aHundredThousandNodesInARowAreSorted() {
    Dag<Integer> dag = new Dag<>();
    for (int i = 100_000; i > 0; i--) {
      dag.edge(i, i - 1);
    }
    Sorted<Integer> sorted = dag.sort(Comparator.naturalOrder());
    assertThat(sorted).isInstanceOf(Sorted.Order.class);
    dag.edge(0, 100_000);
    assertThat(dag.sort(Comparator.naturalOrder()).toString())
        .startsWith("Cycle[members=[0, 100000, 99999,");
  }

  private static Sorted<String> sort(Dag<String> dag) {
    return dag.sort(Comparator.naturalOrder());
  }
}
