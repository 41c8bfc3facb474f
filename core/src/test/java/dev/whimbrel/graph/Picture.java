package dev.whimbrel.graph;

import dev.whimbrel.error.Place;
import dev.whimbrel.revision.Part;
import dev.whimbrel.revision.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Draws graphs in tests: {@code a <- b} says that b revises a, {@code a <~ b} that b depends on a,
 * {@code x: b} that b has the label x; commas stand for several. What is called R__ is repeatable.
 * Revisions are as old as their first appearance.
 */
final class Picture {
  private final Map<String, Set<String>> revises = new LinkedHashMap<>();
  private final Map<String, Set<String>> depends = new LinkedHashMap<>();
  private final Map<String, Set<String>> labels = new LinkedHashMap<>();

  static Graph graph(String... lines) {
    return Graph.of(revisions(lines));
  }

  static List<Revision> revisions(String... lines) {
    Picture picture = new Picture();
    for (String line : lines) {
      picture.read(line);
    }
    return picture.revisions();
  }

  static Revision revision(
      String id, int number, Set<String> revises, Set<String> depends, Set<String> labels) {
    boolean repeatable = id.startsWith("R__");
    return new Revision(
        id,
        List.copyOf(revises),
        id,
        Instant.ofEpochSecond(number),
        List.copyOf(labels),
        List.copyOf(depends),
        null,
        null,
        new Part("", List.of(), Place.of(id + ".sql"), repeatable),
        null,
        "0".repeat(64),
        id + ".sql");
  }

  private void read(String line) {
    int colon = line.indexOf(':');
    if (colon >= 0) {
      labels
          .computeIfAbsent(line.substring(colon + 1).strip(), k -> new LinkedHashSet<>())
          .add(line.substring(0, colon).strip());
      return;
    }
    String[] words = line.split("\\s+", -1);
    add(words[0]);
    for (int i = 1; i + 1 < words.length; i += 2) {
      add(words[i + 1]);
      Map<String, Set<String>> edges = words[i].equals("<-") ? revises : depends;
      for (String above : words[i + 1].split(",", -1)) {
        for (String below : words[i - 1].split(",", -1)) {
          edges.computeIfAbsent(above, k -> new LinkedHashSet<>()).add(below);
        }
      }
    }
  }

  private void add(String ids) {
    for (String id : ids.split(",", -1)) {
      revises.computeIfAbsent(id, k -> new LinkedHashSet<>());
    }
  }

  private List<Revision> revisions() {
    List<Revision> revisions = new ArrayList<>();
    revises.forEach((id, parents) ->
        revisions.add(
            revision(
                id,
                revisions.size(),
                parents,
                depends.getOrDefault(id, Set.of()),
                labels.getOrDefault(id, Set.of()))));
    return revisions;
  }
}
