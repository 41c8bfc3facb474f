package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.change.Change;
import dev.whimbrel.diff.DiffStrategy.Sides;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.TypeContent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where a change stands when nothing else decides: values of enums first because they must be
 * committed before they are used, then what comes, then what goes and comes back, so that it is not
 * missing while the next is done, with the columns' types, each table's together; then what is
 * built while users work, then what goes. Routines come after tables and views, which their bodies
 * may name; event triggers come last, so that they do not meddle.
 */
final class PostgresqlRank {
  private static final int STEP = 1000;
  private static final int RECREATED = 2 * STEP + STEP / 2;
  private static final Map<Kind, Integer> PLACES = places();

  private PostgresqlRank() {}

  static int of(Change change, Sides sides) {
    Kind kind = change.object().kind();
    return switch (change) {
      case Change.Rename ignored -> 0;
      case Change.RenameLabel ignored -> 0;
      case Change.Create create ->
          !isOnline(create.object(), sides)
              ? 2 * STEP + place(kind)
              : (isRecreated(create.object(), sides) ? RECREATED : 3 * STEP) + place(kind);
      case Change.Alter alter ->
          kind == Kind.COLUMN
              ? RECREATED
              : (isOnline(alter.object(), sides) ? 3 : isFirst(alter) ? 1 : 2) * STEP + place(kind);
      case Change.Drop drop ->
          kind == Kind.DEFAULT_PRIVILEGE
              ? STEP
              : (isRecreated(drop.object(), sides) ? RECREATED : 5 * STEP) - place(kind);
    };
  }

  private static boolean isRecreated(FactId id, Sides sides) {
    return switch (id.kind()) {
      case CHECK, COLUMN_DEFAULT, POLICY, ROUTINE, RULE, TRIGGER, VIEW, MATERIALIZED_VIEW ->
          sides.from().contains(id) && sides.to().contains(id);
      default -> false;
    };
  }

  private static boolean isFirst(Change.Alter alter) {
    return alter.before().content() instanceof TypeContent.EnumType before
        && alter.after().content() instanceof TypeContent.EnumType after
        && !PostgresqlTypeSwap.isNeeded(before, after);
  }

  /** Constraints and indexes of tables that exist take several steps. */
  private static boolean isOnline(FactId id, Sides sides) {
    return switch (id.kind()) {
      case PRIMARY_KEY, UNIQUE, CHECK, EXCLUSION, FOREIGN_KEY, INDEX ->
          sides.from().contains(id.within(Kind.TABLE, 2));
      default -> false;
    };
  }

  private static int place(Kind kind) {
    return PLACES.getOrDefault(kind, 0);
  }

  private static Map<Kind, Integer> places() {
    List<Kind> order = new ArrayList<>(List.of(Kind.values()));
    order.removeAll(List.of(Kind.ROUTINE, Kind.AGGREGATE, Kind.EVENT_TRIGGER));
    order.add(Kind.EVENT_TRIGGER);
    order.addAll(order.indexOf(Kind.MATERIALIZED_VIEW) + 1, List.of(Kind.ROUTINE, Kind.AGGREGATE));
    Map<Kind, Integer> places = new EnumMap<>(Kind.class);
    order.forEach(kind -> places.put(kind, places.size()));
    return places;
  }
}
