package dev.whimbrel.importing;

import dev.whimbrel.error.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where another tool's own table says a database is.
 *
 * @param applied ids of revisions; where {@code heads}, their ancestors are applied too
 * @param heads whether the table holds only the newest
 * @param unrun ids of those that are recorded as done and whose SQL never ran
 * @param checksums how many checksums were compared and are equal
 * @param problems what contradicts the files, or was left half done
 * @param notes what a person should know, one line each
 */
public record Standing(
    Set<String> applied,
    boolean heads,
    Set<String> unrun,
    int checksums,
    List<Problem> problems,
    List<String> notes) {
  public Standing {
    unrun = Set.copyOf(unrun);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /** Collects a standing row by row; not thread-safe. */
  static final class Builder {
    private final Set<String> applied = new LinkedHashSet<>();
    private final Set<String> unrun = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int checksums;

    void applied(String id) {
      applied.add(id);
    }

    void unrun(String id) {
      unrun.add(id);
    }

    void equalChecksum() {
      checksums++;
    }

    void problem(Problem problem) {
      problems.add(problem);
    }

    void note(String note) {
      notes.add(note);
    }

    Standing build(boolean heads) {
      return new Standing(applied, heads, unrun, checksums, problems, notes);
    }
  }
}
