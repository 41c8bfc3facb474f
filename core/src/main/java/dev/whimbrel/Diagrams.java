package dev.whimbrel;

import dev.whimbrel.schema.ConstraintContent;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TableContent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Draws up which tables two schemas differ in, with the tables next to them. */
final class Diagrams {
  private static final Set<Kind> IN_COLUMN =
      Set.of(
          Kind.COLUMN, Kind.IDENTITY, Kind.COLUMN_SETTING, Kind.COLUMN_DEFAULT, Kind.NOT_NULL);

  private final Schema before;
  private final Schema after;
  private final Set<FactId> changed = new TreeSet<>();
  private final Set<FactId> tables = new TreeSet<>();
  private final Set<FactId> touched = new TreeSet<>();
  private final Map<FactId, List<FactId>> parts = new TreeMap<>();

  private Diagrams(Schema before, Schema after) {
    this.before = before;
    this.after = after;
    for (Schema side : List.of(before, after)) {
      for (Fact fact : side.facts()) {
        if (fact.kind() == Kind.TABLE) {
          tables.add(fact.id());
        }
      }
    }
  }

  static Result.Diagram between(Schema before, Schema after) {
    return new Diagrams(before, after).draw();
  }

  private Result.Diagram draw() {
    Set<FactId> all = new TreeSet<>(before.byId().keySet());
    all.addAll(after.byId().keySet());
    Set<String> others = new LinkedHashSet<>();
    for (FactId id : all) {
      boolean differs = !Objects.equals(before.byId().get(id), after.byId().get(id));
      FactId table = table(id);
      if (differs) {
        changed.add(id);
        if (table != null) {
          touched.add(table);
        } else if (id.kind() != Kind.SEQUENCE && id.kind() != Kind.SEQUENCE_OWNER) {
          others.add(sign(id) + " " + noun(id) + " " + id.display());
        }
      }
      if (table != null && !IN_COLUMN.contains(id.kind()) && (differs || isKey(id))) {
        parts.computeIfAbsent(table, key -> new ArrayList<>()).add(id);
      }
    }
    List<Result.Link> links = links();
    Set<FactId> shown = new TreeSet<>(touched);
    links.forEach(link -> {
      tables.stream()
          .filter(id -> id.display().equals(link.from()) || id.display().equals(link.to()))
          .forEach(shown::add);
    });
    return new Result.Diagram(
        shown.stream().map(this::entity).toList(), links, List.copyOf(others));
  }

  private static boolean isKey(FactId id) {
    return id.kind() == Kind.PRIMARY_KEY || id.kind() == Kind.FOREIGN_KEY;
  }

  /** The table that a fact belongs to; null when it belongs to none. */
  private @Nullable FactId table(FactId id) {
    FactId about = id.kind().isAttached() ? id.target() : id;
    if (about.path().size() < 2) {
      return null;
    }
    FactId table = about.within(Kind.TABLE, 2);
    boolean part =
        about.kind() == Kind.TABLE || about.enclosing().contains(table);
    return part && tables.contains(table) ? table : null;
  }

  private String sign(FactId id) {
    return !before.contains(id) ? "+" : !after.contains(id) ? "-" : "~";
  }

  private static String noun(FactId id) {
    return id.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The foreign keys that start or end at a touched table. */
  private List<Result.Link> links() {
    List<Result.Link> links = new ArrayList<>();
    Set<FactId> keys = new TreeSet<>();
    before.facts(Kind.FOREIGN_KEY).forEach(fact -> keys.add(fact.id()));
    after.facts(Kind.FOREIGN_KEY).forEach(fact -> keys.add(fact.id()));
    for (FactId id : keys) {
      Fact fact = Objects.requireNonNullElseGet(after.byId().get(id), () -> before.byId().get(id));
      ConstraintContent.ForeignKey key = (ConstraintContent.ForeignKey) fact.content();
      FactId from = id.within(Kind.TABLE, 2);
      if (touched.contains(from) || touched.contains(key.table())) {
        links.add(
            new Result.Link(
                from.display(),
                key.columns(),
                key.table().display(),
                key.referenced(),
                before.contains(id),
                after.contains(id)));
      }
    }
    return links;
  }

  private Result.Entity entity(FactId table) {
    Map<String, Result.Attribute> attributes = new LinkedHashMap<>();
    List<Fact> columns = new ArrayList<>(after.columns(table));
    before.columns(table).stream()
        .filter(fact -> !after.contains(fact.id()))
        .forEach(columns::add);
    for (Fact column : columns) {
      FactId id = column.id();
      attributes.put(
          id.name(),
          new Result.Attribute(id.name(), key(id), column(before, id), column(after, id)));
    }
    List<Result.Attribute> details = new ArrayList<>();
    for (FactId id : parts.getOrDefault(table, List.of())) {
      if (changed.contains(id) && id.kind() != Kind.TABLE) {
        String name = id.kind().isAttached() ? "" : " " + id.name();
        details.add(
            new Result.Attribute(
                noun(id) + name, "", said(before, id), said(after, id)));
      }
    }
    return new Result.Entity(
        table.display(),
        before.contains(table),
        after.contains(table),
        touched.contains(table),
        List.copyOf(attributes.values()),
        details);
  }

  private static @Nullable String said(Schema side, FactId id) {
    return side.contains(id) ? "there" : null;
  }

  /** {@code primary}, {@code foreign}, or nothing. */
  private String key(FactId column) {
    String found = "";
    for (FactId id : parts.getOrDefault(column.within(Kind.TABLE, 2), List.of())) {
      Fact fact = Objects.requireNonNullElseGet(after.byId().get(id), () -> before.byId().get(id));
      if (fact.content() instanceof ConstraintContent.PrimaryKey key
          && key.columns().contains(column.name())) {
        return "primary";
      }
      if (fact.content() instanceof ConstraintContent.ForeignKey key
          && key.columns().contains(column.name())) {
        found = "foreign";
      }
    }
    return found;
  }

  /** A column as people write it; null when that side has none. */
  private static @Nullable String column(Schema side, FactId id) {
    TableContent.Column column = side.find(id, TableContent.Column.class).orElse(null);
    if (column == null) {
      return null;
    }
    StringBuilder text = new StringBuilder(column.type());
    if (column.collation() != null) {
      text.append(" collate ").append(column.collation());
    }
    if (side.contains(id.as(Kind.NOT_NULL))) {
      text.append(" not null");
    }
    if (side.contains(id.as(Kind.IDENTITY))) {
      text.append(" identity");
    }
    side.find(id.as(Kind.COLUMN_DEFAULT), TableContent.ColumnDefault.class)
        .ifPresent(each -> text.append(" default ").append(each.expression()));
    if (column.generated() != null) {
      text.append(" generated as (").append(column.generated()).append(')');
    }
    return text.toString();
  }
}
