package dev.whimbrel.importing;

import dev.whimbrel.change.Change;
import dev.whimbrel.diff.Differ;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.Unmodelled;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether imported revisions give the schema that a database has. */
public final class SchemaProof {
  private final Set<String> own;
  private final @Nullable Differ differ;

  /**
   * A proof that leaves other tools' own tables out.
   *
   * @param tables of the other tools
   * @param differ compares by structure where names are invented; null compares word by word
   */
  public SchemaProof(Collection<ForeignTable> tables, @Nullable Differ differ) {
    this.differ = differ;
    own = new TreeSet<>();
    for (ForeignTable table : tables) {
      own.add(table.schema() + "." + table.name());
    }
  }

  /**
   * What differs, one line each; empty when nothing does.
   *
   * @param replayed what the revisions made on scratch
   * @param live what the database has
   */
  public List<String> differences(Schema replayed, Schema live) {
    Schema expected = replayed.filter(this::counts);
    Schema found = live.filter(fact -> counts(fact) && !isOnlyHome(fact, live));
    List<String> lines = new ArrayList<>();
    if (differ == null) {
      compare(expected, found, lines);
    } else {
      differ.compare(expected, found).changes().forEach(change -> lines.add(line(change)));
    }
    for (Unmodelled each : live.unmodelled()) {
      if (!replayed.unmodelled().contains(each)) {
        lines.add("only the database has: " + each.kind() + " " + each.name());
      }
    }
    return lines;
  }

  private static String line(Change change) {
    return switch (change) {
      case Change.Create create -> onlyDatabase(create.fact().id());
      case Change.Drop drop -> onlyRevisions(drop.fact().id());
      case Change.Alter alter -> differs(alter.after(), alter.before());
      case Change.RenameLabel label -> differs(label.after(), label.before());
      case Change.Rename rename ->
          "named otherwise: "
              + shown(rename.before().id())
              + " is "
              + rename.to().display()
              + " in the database";
    };
  }

  private static void compare(Schema expected, Schema found, List<String> lines) {
    for (Fact fact : found.facts()) {
      Fact other = expected.find(fact.id()).orElse(null);
      if (other == null) {
        lines.add(onlyDatabase(fact.id()));
      } else if (!other.equals(fact)) {
        lines.add(differs(fact, other));
      }
    }
    for (Fact fact : expected.facts()) {
      if (!found.contains(fact.id())) {
        lines.add(onlyRevisions(fact.id()));
      }
    }
  }

  private static String onlyDatabase(FactId id) {
    return "only the database has: " + shown(id);
  }

  private static String onlyRevisions(FactId id) {
    return "only the revisions give: " + shown(id);
  }

  private static String differs(Fact live, Fact replayed) {
    return "differs: "
        + shown(live.id())
        + "\n   database:  "
        + live.content()
        + "\n   revisions: "
        + replayed.content();
  }

  /** A fact as people are told of it, such as {@code table public.users}. */
  public static String shown(FactId id) {
    return id.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + id.display();
  }

  private boolean counts(Fact fact) {
    return !isOwn(fact.id());
  }

  private boolean isOwn(FactId id) {
    if (id.kind().isAttached()) {
      return isOwn(id.target());
    }
    if (id.path().size() < 2) {
      return false;
    }
    String schema = id.path().get(0);
    String name = id.path().get(1);
    boolean sequence = id.kind() == Kind.SEQUENCE || id.kind() == Kind.SEQUENCE_OWNER;
    return own.stream()
        .anyMatch(table -> {
          int dot = table.indexOf('.');
          String home = table.substring(0, dot);
          String plain = table.substring(dot + 1);
          return (home.isEmpty() || home.equals(schema))
              && (name.equals(plain)
                  || (sequence && name.startsWith(plain + "_") && name.endsWith("_seq")));
        });
  }

  /** Whether a schema is there for another tool's table alone. */
  private boolean isOnlyHome(Fact fact, Schema live) {
    FactId id = fact.id();
    if (id.kind().isAttached()) {
      return live.find(id.target()).filter(target -> isOnlyHome(target, live)).isPresent();
    }
    String name = id.path().get(0);
    return id.kind() == Kind.NAMESPACE
        && own.stream().anyMatch(table -> table.startsWith(name + "."))
        && live.facts().stream()
            .allMatch(other ->
                other.kind() == Kind.NAMESPACE
                    || other.id().kind().isAttached()
                    || !other.id().path().get(0).equals(name)
                    || isOwn(other.id()));
  }
}
