package dev.whimbrel.graph;

import static dev.whimbrel.graph.GraphTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.revision.Revision;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressTest {
  private final Graph graph =
      Picture.graph(
          "04f23c4db7a1 <- 04f29999aaaa <- 1a2b3c4d5e6f",
          "04f29999aaaa <- v1.2 <- v1.3",
          "pay: 1a2b3c4d5e6f");

  @Test
  void namesARevisionByItsIdItsBeginningOrItsLabel() {
    assertThat(resolve("04f23c4db7a1")).containsExactly("04f23c4db7a1");
    assertThat(resolve("04f23")).containsExactly("04f23c4db7a1");
    assertThat(resolve("1a2b")).containsExactly("1a2b3c4d5e6f");
    assertThat(resolve("pay")).containsExactly("1a2b3c4d5e6f");
    assertThat(resolve("v1.2")).containsExactly("v1.2");
    assertThat(resolve("pay@04f2999")).containsExactly("04f29999aaaa");
  }

  @Test
  void namesHeadsBaseAndCurrent() {
    assertThat(resolve("heads")).containsExactly("1a2b3c4d5e6f", "v1.3");
    assertThat(resolve("pay@head")).containsExactly("1a2b3c4d5e6f");
    assertThat(resolve("v1.2@heads")).containsExactly("v1.3");
    assertThat(resolve("base")).isEmpty();
    assertThat(resolve("pay@base")).isEmpty();
    assertThat(resolve("current")).containsExactly("v1.2");
    assertThat(resolve("v1.3@current")).containsExactly("v1.2");
  }

  @Test
  void walksFromAnAddressAndFromTheCurrentRevision() {
    assertThat(resolve("v1.2+1")).containsExactly("v1.3");
    assertThat(resolve("1a2b-2")).containsExactly("04f23c4db7a1");
    assertThat(resolve("+1")).containsExactly("v1.3");
    assertThat(resolve("-1")).containsExactly("04f29999aaaa");
    assertThat(resolve("-3")).isEmpty();
    assertThat(resolve("pay@04f29+1")).containsExactly("1a2b3c4d5e6f");
    assertThat(resolve("pay@head-1")).containsExactly("04f29999aaaa");
  }

  @Test
  void anAmbiguousBeginningNamesTheCandidates() {
    assertProblem(() -> resolve("04f2"), "graph.ambiguous-prefix", "04f23c4db7a1, 04f29999aaaa");
  }

  @Test
  void aBeginningNeedsFourCharacters() {
    assertProblem(() -> resolve("04f"), "graph.short-prefix", "04f");
  }

  @Test
  void anUnknownAddressNamesTheNearestAndTheHeads() {
    assertProblem(() -> resolve("haed"), "graph.unknown", "haed");
    assertThat(problem("haed")).contains("Did you mean head?").contains("1a2b3c4d5e6f, v1.3");
    assertProblem(() -> resolve("nope@head"), "graph.unknown", "nope");
    assertThat(problem("zzzzzzzzzzzz")).doesNotContain("Did you mean");
  }

  @Test
  void refusesWhatIsNoAddress() {
    for (String text :
        List.of("", " ", "@", "a@", "@head+", "a b", "a@b@c", "../x", "+", "head-")) {
      assertProblem(() -> resolve(text), "graph.malformed", text);
    }
  }

  @Test
  void rangesIncludeBothEnds() {
    assertThat(range("04f29:v1.3")).containsExactly("04f29999aaaa", "v1.2", "v1.3");
    assertThat(range(":04f29")).containsExactly("04f23c4db7a1", "04f29999aaaa");
    assertThat(range("v1.2:")).containsExactly("v1.2", "v1.3");
    assertThat(range(":")).hasSize(5);
    assertThat(range("base:current")).hasSize(3);
    assertThat(range("-1:v1.3")).containsExactly("v1.2", "v1.3");
    assertThat(range("-9:v1.3")).hasSize(4);
    assertThat(range("v1.2:+1")).containsExactly("v1.2", "v1.3");
    assertThat(range("v1.2:+9")).containsExactly("v1.2", "v1.3");
    assertThat(range("-2:+1")).containsExactly("04f23c4db7a1", "04f29999aaaa");
  }

  @Test
  void refusesRangesThatLeadNowhere() {
    assertProblem(() -> range("v1.3:04f29"), "graph.range-reversed", "v1.3");
    assertProblem(() -> range("v1.3:pay"), "graph.range-reversed", "v1.3");
    assertProblem(() -> range("v1.3"), "graph.malformed-range", "v1.3");
    assertProblem(() -> range("a:b:c"), "graph.malformed-range", "a:b:c");
  }

  private List<String> resolve(String address) {
    return ids(graph.resolve(address, List.of("v1.2")));
  }

  private List<String> range(String range) {
    return ids(graph.range(range, List.of("v1.2")));
  }

  private String problem(String address) {
    try {
      return resolve(address).toString();
    } catch (dev.whimbrel.error.WhimbrelException e) {
      return e.problem().remedy();
    }
  }

  private static List<String> ids(List<Revision> revisions) {
    return revisions.stream().map(Revision::id).toList();
  }
}
