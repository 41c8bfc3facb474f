package dev.whimbrel.hazard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one statement changed in the catalog. Lists are ordered by identifier. */
final class Delta {
  private final Catalog before;
  private final Catalog after;

  private Delta(Catalog before, Catalog after) {
    this.before = before;
    this.after = after;
  }

  static Delta of(Observation seen) {
    return new Delta(seen.before(), seen.after());
  }

  static Delta between(Catalog before, Catalog after) {
    return new Delta(before, after);
  }

  /** Something that is there before and after, and differs. */
  record Changed<T>(T was, T now) {}

  /** A column that is there before and after, and differs, with its table before. */
  record ColumnChange(Catalog.Relation table, Catalog.Column was, Catalog.Column now) {
    String of() {
      return Names.quoted(was.name()) + " of " + table.qualified();
    }
  }

  /** A column with its table. */
  record ColumnOf(Catalog.Relation table, Catalog.Column column) {
    String of() {
      return Names.quoted(column.name()) + " of " + table.qualified();
    }
  }

  /** What a statement leaves alone stays the same object: that tells without comparing. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean same(Object was, Object now) {
    return was == now;
  }

  private static <T> List<T> added(Map<Long, T> was, Map<Long, T> now) {
    if (same(was, now)) {
      return List.of();
    }
    SortedMap<Long, T> found = new TreeMap<>();
    for (Map.Entry<Long, T> each : now.entrySet()) {
      if (!was.containsKey(each.getKey())) {
        found.put(each.getKey(), each.getValue());
      }
    }
    return List.copyOf(found.values());
  }

  private static <T> List<Changed<T>> changed(Map<Long, T> was, Map<Long, T> now) {
    if (same(was, now)) {
      return List.of();
    }
    SortedMap<Long, Changed<T>> found = new TreeMap<>();
    for (Map.Entry<Long, T> each : was.entrySet()) {
      T other = now.get(each.getKey());
      if (other != null && !same(other, each.getValue()) && !other.equals(each.getValue())) {
        found.put(each.getKey(), new Changed<>(each.getValue(), other));
      }
    }
    return List.copyOf(found.values());
  }

  private <T> List<T> added(Function<Catalog, Map<Long, T>> part) {
    return added(part.apply(before), part.apply(after));
  }

  private <T> List<T> dropped(Function<Catalog, Map<Long, T>> part) {
    return added(part.apply(after), part.apply(before));
  }

  List<Catalog.Relation> newRelations() {
    return added(Catalog::relations);
  }

  List<Catalog.Relation> droppedRelations() {
    return dropped(Catalog::relations);
  }

  List<Changed<Catalog.Relation>> changedRelations() {
    return changed(before.relations(), after.relations());
  }

  List<Catalog.Constraint> newConstraints() {
    return added(Catalog::constraints);
  }

  /** New ones without those that the server makes again for a column of another type. */
  List<Catalog.Constraint> addedConstraints() {
    return newConstraints().stream().filter(each -> !isRemade(each)).toList();
  }

  /** Whether there was one of this name, and one of its columns now has another type. */
  boolean isRemade(Catalog.Constraint now) {
    Catalog.Relation was = before.relations().get(now.relation());
    Catalog.Relation is = after.relations().get(now.relation());
    return was != null
        && is != null
        && before.constraints().values().stream()
            .anyMatch(each ->
                each.relation() == now.relation()
                    && each.kind() == now.kind()
                    && each.name().equals(now.name())
                    && each.validated() == now.validated())
        && now.columns().stream().anyMatch(number -> !type(was, number).equals(type(is, number)));
  }

  private static String type(Catalog.Relation table, int number) {
    Catalog.Column column = table.columns().get(number);
    return column == null ? "" : column.type();
  }

  List<Catalog.Constraint> droppedConstraints() {
    return dropped(Catalog::constraints);
  }

  List<Changed<Catalog.Constraint>> changedConstraints() {
    return changed(before.constraints(), after.constraints());
  }

  List<Catalog.Index> newIndexes() {
    return added(Catalog::indexes);
  }

  List<Catalog.Index> droppedIndexes() {
    return dropped(Catalog::indexes);
  }

  List<Catalog.Type> newTypes() {
    return added(Catalog::types);
  }

  List<Changed<Catalog.Type>> changedTypes() {
    return changed(before.types(), after.types());
  }

  List<Catalog.Function> newFunctions() {
    return added(Catalog::functions);
  }

  List<Catalog.Function> droppedFunctions() {
    return dropped(Catalog::functions);
  }

  List<Changed<Catalog.Function>> changedFunctions() {
    return changed(before.functions(), after.functions());
  }

  List<Catalog.Policy> newPolicies() {
    return added(Catalog::policies);
  }

  List<String> droppedSchemas() {
    return added(after.schemas(), before.schemas());
  }

  /** Columns that are new on tables that were there. */
  List<ColumnOf> newColumns() {
    return columns(before, after);
  }

  /** Columns that are gone from tables that are still there. */
  List<ColumnOf> droppedColumns() {
    return columns(after, before);
  }

  private static List<ColumnOf> columns(Catalog without, Catalog with) {
    List<ColumnOf> found = new ArrayList<>();
    if (same(with.relations(), without.relations())) {
      return found;
    }
    for (Catalog.Relation relation : with.relations().values()) {
      Catalog.Relation other = without.relations().get(relation.oid());
      if (other != null
          && !same(other, relation)
          && (relation.isTable() || relation.kind() == 'f')) {
        for (Catalog.Column column : relation.columns().values()) {
          if (!other.columns().containsKey(column.number())) {
            found.add(new ColumnOf(relation, column));
          }
        }
      }
    }
    found.sort(Comparator.comparing(ColumnOf::of));
    return found;
  }

  /** Every column of tables that are new, and every new column of others. */
  List<ColumnOf> allNewColumns() {
    List<ColumnOf> found = new ArrayList<>(newColumns());
    for (Catalog.Relation relation : newRelations()) {
      if (relation.isTable()) {
        relation.columns().values().stream()
            .sorted(Comparator.comparingInt(Catalog.Column::number))
            .forEach(column -> found.add(new ColumnOf(relation, column)));
      }
    }
    return found;
  }

  List<ColumnChange> changedColumns() {
    List<ColumnChange> found = new ArrayList<>();
    for (Changed<Catalog.Relation> relation : changedRelations()) {
      for (Catalog.Column was : relation.was().columns().values()) {
        Catalog.Column now = relation.now().columns().get(was.number());
        if (now != null && !now.equals(was)) {
          found.add(new ColumnChange(relation.was(), was, now));
        }
      }
    }
    found.sort(Comparator.comparing(ColumnChange::of));
    return found;
  }

  /** The table of an index, as it is after, or before if it is gone. */
  Catalog.@Nullable Relation tableOf(Catalog.Index index) {
    Catalog.Relation found = after.relations().get(index.relation());
    return found == null ? before.relations().get(index.relation()) : found;
  }

  /** The constraint that an index implements, if any. */
  Catalog.@Nullable Constraint constraintOf(Catalog.Index index) {
    for (Catalog.Constraint constraint : after.constraints().values()) {
      if (constraint.index() == index.oid() && constraint.kind() != 'f') {
        return constraint;
      }
    }
    return null;
  }

  Catalog after() {
    return after;
  }

  Catalog before() {
    return before;
  }
}
