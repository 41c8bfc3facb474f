package dev.whimbrel;

import dev.whimbrel.change.Change;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Problem;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.InventedName;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TableContent;
import dev.whimbrel.schema.TypeContent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what the user calls a rename, such as {@code users.name=users.full_name}. */
final class Renames {
  private static final Set<Kind> KINDS =
      EnumSet.of(
          Kind.TABLE,
          Kind.COLUMN,
          Kind.VIEW,
          Kind.MATERIALIZED_VIEW,
          Kind.SEQUENCE,
          Kind.ENUM,
          Kind.DOMAIN,
          Kind.COMPOSITE,
          Kind.INDEX,
          Kind.TRIGGER,
          Kind.POLICY);

  private final Schema old;
  private final Schema target;

  Renames(Schema old, Schema target) {
    this.old = old;
    this.target = target;
  }

  /**
   * The renames, tables first, with the sequences that tables bring along.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_USAGE} when a name means nothing or
   *     several things
   */
  List<Change> read(List<String> flags) {
    List<Change> found = new ArrayList<>();
    for (String flag : flags) {
      int sign = flag.indexOf('=');
      if (sign < 0) {
        throw Problem.of(ErrorCode.E_USAGE, "generate.rename-form")
            .with("value", flag)
            .toException();
      }
      String from = flag.substring(0, sign).strip();
      String to = flag.substring(sign + 1).strip();
      Optional<Change.RenameLabel> label = label(from, to, found);
      if (label.isPresent()) {
        found.add(label.get());
        continue;
      }
      Change.Rename rename = rename(from, to);
      found.add(rename);
      if (rename.before().kind() == Kind.TABLE) {
        sequences(rename, found);
      }
    }
    return found;
  }

  /**
   * The label of an enum that the type's name and a dot stand before, unless a fact has the name.
   */
  private Optional<Change.RenameLabel> label(String from, String to, List<Change> before) {
    if (!matches(from, old).isEmpty()) {
      return Optional.empty();
    }
    for (Fact fact : old.facts(Kind.ENUM)) {
      for (String type : List.of(fact.id().display(), fact.id().name())) {
        String prefix = type + ".";
        if (from.startsWith(prefix) && to.startsWith(prefix)) {
          Fact now =
              before.stream()
                  .filter(Change.RenameLabel.class::isInstance)
                  .map(change -> ((Change.RenameLabel) change).after())
                  .filter(after -> after.id().equals(fact.id()))
                  .reduce(fact, (first, last) -> last);
          String label = from.substring(prefix.length());
          if (((TypeContent.EnumType) now.content()).labels().contains(label)) {
            return Optional.of(new Change.RenameLabel(now, label, to.substring(prefix.length())));
          }
        }
      }
    }
    return Optional.empty();
  }

  private Change.Rename rename(String from, String to) {
    Fact before = find(from, old, to);
    List<FactId> afters =
        matches(to, target).stream().filter(id -> id.kind() == before.kind()).toList();
    if (afters.size() != 1) {
      throw unknown(to, target, afters);
    }
    FactId after = afters.getFirst();
    return new Change.Rename(before, before.id().withName(after.name()));
  }

  private Fact find(String name, Schema schema, String to) {
    List<FactId> found = new ArrayList<>(matches(name, schema));
    List<FactId> kinds = matches(to, target);
    found.removeIf(id -> kinds.stream().noneMatch(other -> other.kind() == id.kind()));
    if (found.size() != 1) {
      throw unknown(name, schema, found);
    }
    return schema.find(found.getFirst()).orElseThrow();
  }

  private static List<FactId> matches(String name, Schema schema) {
    return KINDS.stream()
        .flatMap(kind -> schema.facts(kind).stream())
        .map(Fact::id)
        .filter(id -> id.display().equals(name) || id.display().equals("public." + name))
        .toList();
  }

  private static RuntimeException unknown(String name, Schema schema, List<FactId> readings) {
    if (readings.size() > 1) {
      return Problem.of(ErrorCode.E_USAGE, "generate.rename-ambiguous")
          .with("name", name)
          .with("readings", String.join(" or ", readings.stream().map(Renames::shown).toList()))
          .toException();
    }
    List<String> known =
        KINDS.stream()
            .flatMap(kind -> schema.facts(kind).stream())
            .map(fact -> fact.id().display())
            .toList();
    String plain = name.startsWith("public.") ? name : "public." + name;
    return Problem.of(ErrorCode.E_USAGE, "generate.rename-unknown")
        .with("name", name)
        .with(
            "nearest",
            Nearest.to(plain, known).map(near -> "Did you mean " + near + "? ").orElse(""))
        .toException();
  }

  private static String shown(FactId id) {
    return "the "
        + id.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
        + " "
        + id.display();
  }

  /** The sequences that were named after the table's old name. */
  private void sequences(Change.Rename table, List<Change> found) {
    FactId from = table.before().id();
    for (Fact fact : old.facts(Kind.SEQUENCE_OWNER)) {
      FactId column = ((TableContent.SequenceOwner) fact.content()).column();
      if (column.within(Kind.TABLE, 2).equals(from)
          && fact.id().name().equals(InventedName.sequence(from.name(), column.name()))) {
        FactId sequence = fact.id().as(Kind.SEQUENCE);
        FactId other = sequence.withName(InventedName.sequence(table.to().name(), column.name()));
        if (target.contains(other)) {
          found.add(new Change.Rename(old.find(sequence).orElseThrow(), other));
        }
      }
    }
  }
}
