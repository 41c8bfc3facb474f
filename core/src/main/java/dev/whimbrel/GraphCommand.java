package dev.whimbrel;

import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.graph.Graph;
import dev.whimbrel.history.History;
import dev.whimbrel.history.HistoryRow;
import dev.whimbrel.revision.Part;
import dev.whimbrel.revision.Revision;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code current}, {@code history}, {@code heads}, {@code branches} and {@code show}. */
final class GraphCommand {
  private final Setup setup;
  private final Dialect dialect;
  private final Sources sources;

  GraphCommand(Setup setup) {
    this.setup = setup;
    this.dialect = setup.dialect();
    this.sources = Sources.read(setup, dialect);
  }

  /** What a database knows; empty where none was asked. */
  private record Applied(Map<String, HistoryRow> rows, Set<String> heads) {
    static Applied none() {
      return new Applied(Map.of(), Set.of());
    }
  }

  private Applied applied(Looking looking) {
    History history = looking.see().history();
    if (!history.exists()) {
      return Applied.none();
    }
    Map<String, HistoryRow> rows = new HashMap<>();
    try {
      for (HistoryRow row : looking.tables().rows(looking.connection())) {
        rows.put(row.revision().id(), row);
      }
    } catch (SQLException e) {
      throw looking.failure(e);
    }
    return new Applied(rows, new HashSet<>(history.heads()));
  }

  private Applied ask() {
    try (Looking looking = Looking.open(setup, dialect, "whimbrel look")) {
      return applied(looking);
    }
  }

  Result.Current current() {
    try (Looking looking = Looking.open(setup, dialect, "whimbrel look")) {
      List<Result.Revision> current = new ArrayList<>();
      for (String id : looking.see().history().heads()) {
        Revision file = sources.graph().find(id).orElse(null);
        HistoryRow row = file == null ? Refusals.row(looking, id) : null;
        if (file != null) {
          current.add(Facts.revision(file));
        } else if (row != null) {
          current.add(Facts.revision(row.revision(), row.message()));
        }
      }
      return new Result.Current(looking.database(), current, sources.latest());
    }
  }

  Result.Listing history(String range, boolean database) {
    Applied applied = database ? ask() : Applied.none();
    List<Revision> revisions =
        range.isBlank()
            ? sources.graph().revisions()
            : sources.graph().range(range, known(applied.heads()));
    List<Result.Entry> entries = new ArrayList<>(revisions.size());
    for (Revision revision : revisions) {
      entries.add(entry(revision, applied, false));
    }
    if (range.isBlank()) {
      entries.addAll(withoutFile(applied));
    }
    Collections.reverse(entries);
    return new Result.Listing(entries);
  }

  private List<Result.Entry> withoutFile(Applied applied) {
    List<Result.Entry> entries = new ArrayList<>();
    for (HistoryRow row : applied.rows().values()) {
      if (sources.graph().find(row.revision().id()).isEmpty()) {
        entries.add(stored(row, applied));
      }
    }
    entries.sort((a, b) -> a.revision().revision().compareTo(b.revision().revision()));
    return entries;
  }

  private static Result.Entry stored(HistoryRow row, Applied applied) {
    boolean head = applied.heads().contains(row.revision().id());
    return new Result.Entry(
        Facts.revision(row.revision(), row.message()),
        List.of(),
        head,
        head,
        false,
        row.revision().revises().size() > 1,
        head,
        Facts.history(row),
        row.upgrade(),
        row.downgrade());
  }

  Result.Listing heads() {
    return listing(sources.graph().heads());
  }

  Result.Listing branches() {
    return listing(sources.graph().branchPoints());
  }

  private Result.Listing listing(List<String> ids) {
    List<Result.Entry> entries = new ArrayList<>();
    for (String id : ids) {
      Revision revision = sources.graph().find(id).orElse(null);
      if (revision != null) {
        entries.add(entry(revision, Applied.none(), false));
      }
    }
    return new Result.Listing(entries);
  }

  /** One revision; what only the database knows is found by its id. */
  Result.Entry show(String address) {
    Applied applied = setup.hasDatabase() && needsDatabase(address) ? ask() : Applied.none();
    HistoryRow row = applied.rows().get(address);
    if (row != null && sources.graph().find(address).isEmpty()) {
      return stored(row, applied);
    }
    return entry(one(address, known(applied.heads())), applied, true);
  }

  private boolean needsDatabase(String address) {
    boolean relative = address.startsWith("+") || address.startsWith("-");
    boolean plain = !relative && !address.contains("current");
    return !plain || (sources.graph().find(address).isEmpty() && !isWord(address));
  }

  private static boolean isWord(String address) {
    return address.contains("head") || address.contains("base") || address.contains("@");
  }

  Revision one(String address, List<String> current) {
    List<Revision> found = sources.graph().resolve(address, current);
    if (found.size() != 1) {
      throw Problem.of(ErrorCode.E_ADDRESS, found.isEmpty() ? "facade.none" : "facade.several")
          .with("address", address)
          .with("found", ids(found))
          .toException();
    }
    return found.get(0);
  }

  private static String ids(List<Revision> revisions) {
    List<String> ids = new ArrayList<>();
    revisions.forEach(revision -> ids.add(revision.id()));
    return String.join(", ", ids);
  }

  Sources sources() {
    return sources;
  }

  private List<String> known(Set<String> heads) {
    List<String> known = new ArrayList<>();
    for (String head : heads) {
      if (sources.graph().find(head).isPresent()) {
        known.add(head);
      }
    }
    return known;
  }

  private Result.Entry entry(Revision revision, Applied applied, boolean sql) {
    Graph graph = sources.graph();
    List<String> children = graph.children(revision.id());
    Part downgrade = revision.downgrade();
    return new Result.Entry(
        Facts.revision(revision),
        children,
        children.isEmpty() && !revision.isRepeatable(),
        children.isEmpty() && graph.realHeads().contains(revision.id()),
        children.size() > 1,
        revision.isMerge(),
        applied.heads().contains(revision.id()),
        Facts.history(applied.rows().get(revision.id())),
        sql ? revision.upgrade().sql() : "",
        sql && downgrade != null ? downgrade.sql() : null);
  }
}
