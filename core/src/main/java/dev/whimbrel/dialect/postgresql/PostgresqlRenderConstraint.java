package dev.whimbrel.dialect.postgresql;

import static dev.whimbrel.dialect.postgresql.PostgresqlNames.list;
import static dev.whimbrel.dialect.postgresql.PostgresqlNames.quote;
import static dev.whimbrel.dialect.postgresql.PostgresqlNames.relation;

import dev.whimbrel.dialect.postgresql.PostgresqlRender.Out;
import dev.whimbrel.schema.ConstraintContent;
import dev.whimbrel.schema.ConstraintContent.Action;
import dev.whimbrel.schema.ConstraintContent.Check;
import dev.whimbrel.schema.ConstraintContent.Deferral;
import dev.whimbrel.schema.ConstraintContent.Exclusion;
import dev.whimbrel.schema.ConstraintContent.ForeignKey;
import dev.whimbrel.schema.ConstraintContent.NotNull;
import dev.whimbrel.schema.ConstraintContent.PrimaryKey;
import dev.whimbrel.schema.ConstraintContent.Unique;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;

/** Constraints: added in steps that let users work, where the table has users. */
final class PostgresqlRenderConstraint {
  private PostgresqlRenderConstraint() {}

  static void create(FactId id, ConstraintContent content, Out out) {
    switch (content) {
      case NotNull constraint -> notNull(id, constraint, out);
      case PrimaryKey ignored -> key(id, content, out);
      case Unique ignored -> key(id, content, out);
      case Check check -> validated(id, content, check.validated() && check.enforced(), true, out);
      case ForeignKey key -> foreignKey(id, key, out);
      case Exclusion ignored -> add(id, content, "", out);
    }
  }

  private static void foreignKey(FactId id, ForeignKey key, Out out) {
    if (!mayWait(id, out) && PostgresqlRenderParts.isCheckedInParts(id, key, out)) {
      PostgresqlRenderParts.foreignKey(id, key, out);
    } else {
      validated(id, key, key.validated() && key.enforced(), mayWait(id, out), out);
    }
  }

  /** Whether a foreign key of this table may be NOT VALID. */
  private static boolean mayWait(FactId id, Out out) {
    return out.has(18) || !PostgresqlRenderParts.isPartitioned(id, out);
  }

  static void drop(FactId id, ConstraintContent content, Out out) {
    if (PostgresqlIndexKeys.becomesIndex(id, content, out)) {
      return;
    }
    if (content instanceof NotNull constraint) {
      if (constraint.name() == null) {
        PostgresqlRenderTable.alterColumn(id, "drop not null", out);
      } else {
        out.add("alter table %s drop constraint %s", relation(id), quote(constraint.name()));
      }
    } else {
      out.add("alter table %s drop constraint %s", relation(id), quote(id.name()));
    }
  }

  static void alter(FactId id, ConstraintContent before, ConstraintContent after, Out out) {
    switch (after) {
      case NotNull constraint -> alterNotNull(id, (NotNull) before, constraint, out);
      case PrimaryKey key ->
          alterKey(id, before, key, ((PrimaryKey) before).options(), key.options(), out);
      case Unique key -> alterKey(id, before, key, ((Unique) before).options(), key.options(), out);
      case ForeignKey key -> {
        if (PostgresqlDiff.isAltered((ForeignKey) before, key)) {
          alterForeignKey(id, (ForeignKey) before, key, out);
        } else {
          replace(id, key, key.validated() && key.enforced(), mayWait(id, out), out);
        }
      }
      case Check check -> {
        if (PostgresqlDiff.validates(before, check)) {
          validate(id, out);
        } else {
          replace(id, check, check.validated() && check.enforced(), true, out);
        }
      }
      case Exclusion ignored -> replace(id, after, true, false, out);
    }
  }

  private static void alterForeignKey(FactId id, ForeignKey before, ForeignKey after, Out out) {
    if (after.deferral() != before.deferral()) {
      String deferral =
          after.deferral() == Deferral.IMMEDIATE ? " not deferrable" : deferral(after.deferral());
      out.add("alter table %s alter constraint %s%s", relation(id), quote(id.name()), deferral);
    }
    if (!after.enforced()) {
      out.add("alter table %s alter constraint %s not enforced", relation(id), quote(id.name()));
    } else if (after.validated() != before.validated()) {
      validate(id, out);
    }
  }

  private static void alterKey(
      FactId id,
      ConstraintContent before,
      ConstraintContent after,
      SortedMap<String, String> options,
      SortedMap<String, String> others,
      Out out) {
    if (PostgresqlDiff.isSameButOptions(before, after)) {
      PostgresqlRenderObject.setOptions(
          "index " + relation(id.segment(0), id.name()), options, others, out);
      return;
    }
    boolean whole = !PostgresqlRenderParts.isPartitioned(id, out);
    boolean online = isIndexable(after) && isLive(id, out) && whole;
    String temporary = PostgresqlNames.invent(id.name(), "", "new");
    if (online) {
      index(id, temporary, after, out);
    }
    drop(id, before, out);
    if (online) {
      use(id, temporary, after, out);
    } else {
      key(id, after, out);
    }
    PostgresqlRenderIndex.follow(id, id.name(), out);
  }

  /** The new one protects the rows before the old one goes. */
  private static void replace(
      FactId id, ConstraintContent after, boolean validated, boolean inSteps, Out out) {
    if (!inSteps || !isLive(id, out)) {
      drop(id, after, out);
      add(id, after, "", out);
      return;
    }
    FactId temporary = id.withName(PostgresqlNames.invent(id.name(), "", "new"));
    validated(temporary, after, validated, true, out);
    drop(id, after, out);
    out.add(
        "alter table %s rename constraint %s to %s",
        relation(id), quote(temporary.name()), quote(id.name()));
  }

  static void validate(FactId id, Out out) {
    String text = "alter table " + relation(id) + " validate constraint " + quote(id.name());
    if (isLive(id, out)) {
      out.alone("%s", text);
    } else {
      out.add("%s", text);
    }
  }

  static void add(FactId id, ConstraintContent content, String suffix, Out out) {
    out.add(
        "alter table %s add constraint %s %s%s",
        relation(id), quote(id.name()), text(content), suffix);
  }

  private static void validated(
      FactId id, ConstraintContent content, boolean validated, boolean inSteps, Out out) {
    boolean online = validated && inSteps && isLive(id, out);
    add(id, content, online ? " not valid" : "", out);
    if (online) {
      validate(id, out);
    }
  }

  private static void key(FactId id, ConstraintContent content, Out out) {
    if (PostgresqlIndexKeys.wasIndex(id, content, out)) {
      use(id, id.name(), content, out);
    } else if (PostgresqlRenderParts.isBuiltInParts(id, content, out)) {
      PostgresqlRenderParts.key(id, content, out);
    } else if (isIndexable(content)
        && isLive(id, out)
        && !PostgresqlRenderParts.isPartitioned(id, out)) {
      index(id, id.name(), content, out);
      use(id, id.name(), content, out);
    } else {
      add(id, content, "", out);
    }
  }

  /** Whether a unique index can become this constraint. */
  static boolean isIndexable(ConstraintContent content) {
    return switch (content) {
      case PrimaryKey key -> !key.withoutOverlaps();
      case Unique key -> !key.withoutOverlaps();
      default -> false;
    };
  }

  /** Builds the index of a key while users work. */
  static void index(FactId id, String name, ConstraintContent content, Out out) {
    String body =
        switch (content) {
          case PrimaryKey key -> keys(key.columns(), key.include(), false, key.options());
          case Unique key ->
              keys(key.columns(), key.include(), key.nullsNotDistinct(), key.options());
          default -> throw new IllegalArgumentException(id + " has no unique index");
        };
    out.alone("create unique index concurrently %s on %s %s", quote(name), relation(id), body);
  }

  private static String keys(
      List<String> columns,
      List<String> include,
      boolean nullsNotDistinct,
      SortedMap<String, String> options) {
    return "("
        + list(columns)
        + ")"
        + include(include)
        + (nullsNotDistinct ? " nulls not distinct" : "")
        + with(options);
  }

  /** Makes an index the key; it takes the key's name. */
  static void use(FactId id, String index, ConstraintContent content, Out out) {
    Deferral deferral =
        content instanceof PrimaryKey key ? key.deferral() : ((Unique) content).deferral();
    out.add(
        "alter table %s add constraint %s %s using index %s%s",
        relation(id),
        quote(id.name()),
        content instanceof PrimaryKey ? "primary key" : "unique",
        quote(index),
        deferral(deferral));
  }

  private static void notNull(FactId id, NotNull constraint, Out out) {
    String column = quote(id.name());
    if (!isLive(id, out)) {
      plainNotNull(id, constraint, out);
    } else if (out.has(18)) {
      String name =
          constraint.name() == null
              ? PostgresqlNames.invent(id.segment(1), id.name(), "not_null")
              : constraint.name();
      out.add(
          "alter table %s add constraint %s not null %s%s not valid",
          relation(id), quote(name), column, constraint.noInherit() ? " no inherit" : "");
      if (constraint.validated()) {
        out.alone("alter table %s validate constraint %s", relation(id), quote(name));
      }
    } else {
      String table = relation(id);
      String check = quote(PostgresqlNames.invent(id.segment(1), id.name(), "not_null"));
      out.add(
          "alter table %s add constraint %s check (%s is not null) not valid",
          table, check, column);
      out.alone("alter table %s validate constraint %s", table, check);
      out.add("alter table %s alter column %s set not null", table, column);
      out.add("alter table %s drop constraint %s", table, check);
    }
  }

  private static void plainNotNull(FactId id, NotNull constraint, Out out) {
    if (constraint.name() == null && !constraint.noInherit() && constraint.validated()) {
      PostgresqlRenderTable.alterColumn(id, "set not null", out);
      return;
    }
    out.add(
        "alter table %s add %snot null %s%s%s",
        relation(id),
        constraint.name() == null ? "" : "constraint " + quote(constraint.name()) + " ",
        quote(id.name()),
        constraint.noInherit() ? " no inherit" : "",
        constraint.validated() ? "" : " not valid");
  }

  private static void alterNotNull(FactId id, NotNull before, NotNull after, Out out) {
    String invented = PostgresqlNames.invent(id.segment(1), id.name(), "not_null");
    String name = before.name() == null ? invented : before.name();
    String other = after.name() == null ? invented : after.name();
    if (!Objects.equals(name, other)) {
      out.add("alter table %s rename constraint %s to %s", relation(id), quote(name), quote(other));
    }
    if (before.noInherit() != after.noInherit()) {
      out.add(
          "alter table %s alter constraint %s %sinherit",
          relation(id), quote(other), after.noInherit() ? "no " : "");
    }
    if (!before.validated() && after.validated()) {
      out.alone("alter table %s validate constraint %s", relation(id), quote(other));
    }
    if (before.validated() && !after.validated()) {
      drop(id, after, out);
      plainNotNull(id, after, out);
    }
  }

  /** The constraint as a line of a new table; its name only where the engine finds another. */
  static String named(FactId id, ConstraintContent content) {
    String table = id.segment(1);
    String invented =
        switch (content) {
          case PrimaryKey ignored -> PostgresqlNames.invent(table, "", "pkey");
          case Unique key -> PostgresqlNames.invent(table, String.join("_", key.columns()), "key");
          case ForeignKey key ->
              PostgresqlNames.invent(table, String.join("_", key.columns()), "fkey");
          case Check ignored -> "";
          case Exclusion ignored -> "";
          case NotNull ignored -> "";
        };
    String text = text(content);
    return id.name().equals(invented) ? text : "constraint " + quote(id.name()) + " " + text;
  }

  static String text(ConstraintContent content) {
    return switch (content) {
      case NotNull ignored -> throw new IllegalArgumentException("part of its column");
      case PrimaryKey key ->
          "primary key ("
              + list(key.columns())
              + (key.withoutOverlaps() ? " without overlaps)" : ")")
              + include(key.include())
              + with(key.options())
              + deferral(key.deferral());
      case Unique key ->
          "unique "
              + (key.nullsNotDistinct() ? "nulls not distinct (" : "(")
              + list(key.columns())
              + (key.withoutOverlaps() ? " without overlaps)" : ")")
              + include(key.include())
              + with(key.options())
              + deferral(key.deferral());
      case Check check ->
          "check "
              + PostgresqlSpelling.bare(check.expression())
              + (check.noInherit() ? " no inherit" : "")
              + state(check.validated(), check.enforced());
      case Exclusion exclusion ->
          exclusion.definition().replaceFirst("^EXCLUDE USING", "exclude using")
              + deferral(exclusion.deferral());
      case ForeignKey key -> {
        String columns =
            key.period()
                ? list(key.columns().subList(0, key.columns().size() - 1))
                    + ", period "
                    + quote(key.columns().getLast())
                : list(key.columns());
        yield "foreign key (" + columns + ") " + references(key);
      }
    };
  }

  static String references(ForeignKey key) {
    String columns =
        key.period()
            ? list(key.referenced().subList(0, key.referenced().size() - 1))
                + ", period "
                + quote(key.referenced().getLast())
            : list(key.referenced());
    String limited =
        key.onDeleteColumns().isEmpty() ? "" : " (" + list(key.onDeleteColumns()) + ")";
    return "references "
        + relation(key.table())
        + " ("
        + columns
        + ")"
        + (key.matchFull() ? " match full" : "")
        + (key.onUpdate() == Action.NO_ACTION ? "" : " on update " + word(key.onUpdate()))
        + (key.onDelete() == Action.NO_ACTION ? "" : " on delete " + word(key.onDelete()) + limited)
        + deferral(key.deferral())
        + state(key.validated(), key.enforced());
  }

  private static String state(boolean validated, boolean enforced) {
    return !enforced ? " not enforced" : validated ? "" : " not valid";
  }

  private static String word(Action action) {
    return action.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String deferral(Deferral deferral) {
    return switch (deferral) {
      case IMMEDIATE -> "";
      case DEFERRABLE -> " deferrable";
      case INITIALLY_DEFERRED -> " deferrable initially deferred";
    };
  }

  static String include(List<String> columns) {
    return columns.isEmpty() ? "" : " include (" + list(columns) + ")";
  }

  static String with(SortedMap<String, String> options) {
    return options.isEmpty() ? "" : " with (" + PostgresqlRenderObject.settings(options) + ")";
  }

  private static boolean isLive(FactId id, Out out) {
    return out.situation().isLive(id.within(Kind.TABLE, 2));
  }
}
