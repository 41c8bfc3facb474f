package dev.whimbrel;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Problem;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads what the user says shall go though the models do not own it, such as {@code users}. */
final class Drops {
  private static final Set<Kind> KINDS =
      EnumSet.of(
          Kind.TABLE,
          Kind.VIEW,
          Kind.MATERIALIZED_VIEW,
          Kind.SEQUENCE,
          Kind.ENUM,
          Kind.DOMAIN,
          Kind.COMPOSITE,
          Kind.COLUMN,
          Kind.UNIQUE,
          Kind.CHECK,
          Kind.EXCLUSION,
          Kind.INDEX,
          Kind.FOREIGN_KEY,
          Kind.TRIGGER,
          Kind.POLICY);

  private Drops() {}

  /**
   * What the names mean; what has one name goes together, such as a constraint and its index.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_USAGE} when a name means nothing, or the
   *     models still have it
   */
  static Set<FactId> read(List<String> names, Schema old, Schema models) {
    Set<FactId> dropped = new HashSet<>();
    for (String name : names) {
      List<FactId> found = matches(name, old);
      if (found.isEmpty()) {
        throw unknown(name, old);
      }
      if (found.stream().anyMatch(models::contains)) {
        throw Problem.of(ErrorCode.E_USAGE, "generate.drop-in-models")
            .with("name", name)
            .toException();
      }
      dropped.addAll(found);
    }
    return dropped;
  }

  /** The tables that renames take away. */
  static Set<FactId> renamed(List<String> renames, Schema old, Schema models) {
    Set<FactId> tables = new HashSet<>();
    for (String rename : renames) {
      matches(rename.replaceFirst("=.*", "").strip(), old).stream()
          .filter(id -> !models.contains(id))
          .forEach(tables::add);
    }
    return tables;
  }

  private static List<FactId> matches(String name, Schema schema) {
    return KINDS.stream()
        .flatMap(kind -> schema.facts(kind).stream())
        .map(Fact::id)
        .filter(id -> id.display().equals(name) || id.display().equals("public." + name))
        .toList();
  }

  private static RuntimeException unknown(String name, Schema old) {
    List<String> known =
        KINDS.stream()
            .flatMap(kind -> old.facts(kind).stream())
            .map(fact -> fact.id().display())
            .toList();
    String full = name.startsWith("public.") ? name : "public." + name;
    return Problem.of(ErrorCode.E_USAGE, "generate.drop-unknown")
        .with("name", name)
        .with(
            "nearest",
            Nearest.to(full, known).map(near -> "Did you mean " + near + "? ").orElse(""))
        .toException();
  }
}
