package dev.whimbrel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.graph.Graph;
import dev.whimbrel.history.AppliedRevision;
import dev.whimbrel.history.History;
import dev.whimbrel.history.Unfinished;
import dev.whimbrel.revision.Revision;
import dev.whimbrel.revision.RevisionReader;
import dev.whimbrel.sql.Lexis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
  /**
   * Links are written {@code b<a}; {@code x!} is applied with other SQL, {@code r*} is repeatable;
   * {@code -} is no history at all, {@code .} an empty one.
   */
  @ParameterizedTest(name = "{0} | {1} | {2} is {3}")
  @CsvSource(
      textBlock =
          """
          a b<a       | -               |            | Empty
          a b<a       | .               |            | Empty
          a b<a       | -               | objects    | Untracked
          a b<a       | .               | objects    | Empty
          a b<a       | a               |            | Pending
          a b<a       | a               | drift      | Pending
          a b<a       | a b<a           |            | InSync
          a b<a       | a b<a           | drift      | Drifted
          a b<a       | a b<a c<b       |            | Ahead
          a b<a       | a c<a           |            | Diverged
          a b<a       | a b<a c<a       |            | Diverged
          a b<a       | a! b<a          |            | Diverged
          a b<a       | a! b<a c<b      |            | Diverged
          a b<a c<a   | a               |            | MultipleHeads
          a b<a c<a   | a! b<a          | unfinished | MultipleHeads
          a b<a       | a! b<a          | unfinished | Interrupted
          a b<a       | -               | unfinished | Interrupted
          a b<a r*    | a b<a           |            | Pending
          a b<a r*    | a b<a r*        |            | InSync
          a b<a r*    | a b<a r*!       |            | Pending
          a b<a r*    | a b<a r* s*     |            | InSync
          a b<a r*    | a b<a r*! c<b   |            | Ahead
          a b<a r*    | a! b<a r*!      |            | Diverged
          """,
      delimiter = '|')
  void findsTheFirstStateThatHolds(String files, String applied, String also, String state) {
    String extra = also == null ? "" : also;
    History history = history(applied, extra.equals("unfinished"));
    List<String> objects = extra.equals("objects") ? List.of("public.users") : List.of();
    List<String> drift = extra.equals("drift") ? List.of("+ column") : List.of();
    Verdict verdict = new Gate(graph(files)).decide("head", history, objects, drift);
    assertThat(verdict.getClass().getSimpleName()).isEqualTo(state);
  }

  private static Graph graph(String files) {
    List<Revision> revisions = new ArrayList<>();
    for (String word : files.split(" ", -1)) {
      String[] link = word.split("<", -1);
      revisions.add(revision(link[0], link.length > 1 ? link[1] : ""));
    }
    return Graph.of(revisions);
  }

  private static Revision revision(String id, String parent) {
    String revises = parent.isEmpty() ? "" : "-- revises: " + parent + "\n";
    String repeatable = id.endsWith("*") ? "-- +repeatable\n" : "";
    String name = id.replace("*", "");
    String text =
        "-- revision: " + name + "\n" + revises + "-- +upgrade\n" + repeatable + "select 1;\n";
    return new RevisionReader(Lexis.postgresql()).read(id + ".sql", text);
  }

  private static History history(String applied, boolean unfinished) {
    Map<String, AppliedRevision> rows = new LinkedHashMap<>();
    boolean rowsThere = !applied.equals("-") && !applied.equals(".");
    for (String word : rowsThere ? applied.split(" ", -1) : new String[0]) {
      String[] link = word.replace("!", "").split("<", -1);
      List<String> parents = link.length > 1 ? List.of(link[1]) : List.of();
      String checksum = word.contains("!") ? "other" : revision(link[0], "").checksum();
      String id = link[0].replace("*", "");
      String phase = link[0].equals(id) ? "" : AppliedRevision.REPEATABLE;
      rows.put(id, new AppliedRevision(id, parents, List.of(), phase, checksum, "chain"));
    }
    List<Unfinished> begun =
        unfinished ? List.of(new Unfinished("b", false, "run", "")) : List.of();
    return new History(applied.equals("-") ? 0 : 1, rows, begun, "", true);
  }
}
