package dev.whimbrel.hazard;

import java.util.ArrayList;
import java.util.List;

/** A type, domain, sequence, schema or extension that is dropped, renamed or moved. */
final class MovesName implements Rule {
  @Override
  public String code() {
    return "W410";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    List<String> gone = new ArrayList<>(types(seen));
    gone.addAll(sequences(seen));
    seen.before()
        .schemas()
        .forEach((oid, name) -> {
          String now = seen.after().schemas().get(oid);
          if (now != null && !now.equals(name) && seen.origin().schemas().containsKey(oid)) {
            gone.add("the schema " + Names.quoted(name));
          }
        });
    if (seen.says("drop", "extension")) {
      List<String> words = seen.statement().words();
      gone.add("the extension " + words.get(words.contains("if") ? 4 : 2));
    }
    for (String name : gone) {
      bench.report(
          seen,
          name.substring(name.lastIndexOf(' ') + 1),
          Severity.WARN,
          "Code that still runs names %s and fails from this moment on.".formatted(name),
          "Make the new one beside it now; drop the old one in a later revision, when no code"
              + " names it.");
    }
  }

  private static List<String> types(Observation seen) {
    List<String> gone = new ArrayList<>();
    seen.before()
        .types()
        .forEach((oid, was) -> {
          Catalog.Type now = seen.after().types().get(oid);
          if ((now == null || !now.qualified().equals(was.qualified()))
              && seen.origin().types().containsKey(oid)
              && mayName(seen, was.schema())) {
            gone.add((was.kind() == 'd' ? "the domain " : "the type ") + was.qualified());
          }
        });
    gone.sort(null);
    return gone;
  }

  /** A sequence that goes with its column or table is no name of its own. */
  private static List<String> sequences(Observation seen) {
    List<String> gone = new ArrayList<>();
    if (seen.says("drop", "sequence") || seen.says("alter", "sequence")) {
      for (Catalog.Relation was : seen.before().relations().values()) {
        Catalog.Relation now = seen.after().relations().get(was.oid());
        if (was.kind() == 'S'
            && (now == null || !now.qualified().equals(was.qualified()))
            && seen.existing(was.oid())) {
          gone.add("the sequence " + was.qualified());
        }
      }
    }
    gone.sort(null);
    return gone;
  }

  /** With a schema that goes or is renamed, it alone is told. */
  private static boolean mayName(Observation seen, String schema) {
    return seen.after().schemas().containsValue(schema);
  }
}
