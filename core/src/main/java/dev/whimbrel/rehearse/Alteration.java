package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Catalog;
import dev.whimbrel.hazard.LockMode;
import dev.whimbrel.hazard.Names;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the actions of an {@code ALTER TABLE} are expected to do. */
final class Alteration {
  private static final String[] COLUMN_CLAUSES = {
    "collate",
    "default",
    "not",
    "null",
    "check",
    "unique",
    "primary",
    "references",
    "constraint",
    "generated",
    "storage",
    "compression",
    "deferrable",
    "initially"
  };
  private static final Pattern VOLATILE =
      Pattern.compile(
          "(?i)\\b(gen_random_uuid|uuid_generate_v\\w+|uuidv\\d|random|clock_timestamp|nextval)\\s*\\(");

  private final Sketch sketch;
  private final TargetTypes types;
  private final Effect effect;
  private final long table;
  private final PartitionKeys keys;

  Alteration(Sketch sketch, TargetTypes types, PartitionKeys keys, Effect effect, long table) {
    this.keys = keys;
    this.sketch = sketch;
    this.types = types;
    this.effect = effect;
    this.table = table;
  }

  void apply(Cursor actions) {
    for (Cursor action : actions.parts()) {
      action(action);
    }
  }

  private Catalog.Relation now() {
    return sketch.now(table);
  }

  private void action(Cursor action) {
    if (action.take("validate", "constraint")) {
      validate(action.word());
    } else if (action.take("add")) {
      add(action);
    } else if (action.take("drop")) {
      drop(action);
    } else if (action.take("alter")) {
      action.take("column");
      column(action, action.word());
    } else if (action.take("rename")) {
      rename(action);
    } else if (action.take("set", "schema")) {
      lock(LockMode.ACCESS_EXCLUSIVE);
      sketch.rename(now(), action.word(), now().name());
    } else if (action.take("attach", "partition")) {
      attach(action);
    } else if (action.ahead("attach") || action.ahead("set", "(") || action.ahead("reset")) {
      lock(LockMode.SHARE_UPDATE_EXCLUSIVE);
    } else {
      lock(LockMode.ACCESS_EXCLUSIVE);
    }
  }

  private void lock(LockMode mode) {
    effect.lock(table, mode);
  }

  private void attach(Cursor action) {
    lock(LockMode.SHARE_UPDATE_EXCLUSIVE);
    Catalog.Relation partition = sketch.table(action.name());
    if (partition != null) {
      effect.lock(partition.oid(), LockMode.ACCESS_EXCLUSIVE);
      String bounds = keys.condition(table, action);
      sketch.attach(partition.oid(), table, bounds);
      sketch.keepOut(keys.defaultOf(table), bounds);
    }
  }

  private void validate(String name) {
    lock(LockMode.SHARE_UPDATE_EXCLUSIVE);
    Catalog.Constraint found = sketch.constraint(table, name);
    if (found != null && !found.validated()) {
      effect.scan(table);
      sketch.validate(found);
    }
  }

  private void drop(Cursor action) {
    lock(LockMode.ACCESS_EXCLUSIVE);
    boolean constraint = action.take("constraint");
    action.take("column");
    action.take("if", "exists");
    String name = action.word();
    if (constraint) {
      Catalog.Constraint found = sketch.constraint(table, name);
      if (found != null) {
        sketch.dropConstraint(found);
      }
    } else {
      sketch.dropColumn(table, name);
    }
  }

  private void rename(Cursor action) {
    lock(LockMode.ACCESS_EXCLUSIVE);
    if (action.take("to")) {
      sketch.rename(now(), now().schema(), action.word());
    } else if (!action.take("constraint")) {
      action.take("column");
      String was = action.word();
      action.take("to");
      String name = action.word();
      sketch.change(table, was, c -> column(c, name, c.type(), c.notNull(), c.defaultValue()));
    }
  }

  private static Catalog.Column column(
      Catalog.Column was, String name, String type, boolean notNull, String value) {
    return new Catalog.Column(
        was.number(), name, type, notNull, value, was.identity(), was.generated(), was.collation());
  }

  private void column(Cursor action, String name) {
    if (action.ahead("set", "statistics") || action.ahead("set", "(")) {
      lock(LockMode.SHARE_UPDATE_EXCLUSIVE);
      return;
    }
    lock(LockMode.ACCESS_EXCLUSIVE);
    if (action.take("set", "not", "null")) {
      Catalog.Column column = now().column(name);
      if (column != null && !column.notNull() && !sketch.isProvenNotNull(table, column)) {
        effect.scan(table);
      }
      sketch.change(table, name, c -> column(c, c.name(), c.type(), true, c.defaultValue()));
    } else if (action.take("drop", "not", "null")) {
      sketch.change(table, name, c -> column(c, c.name(), c.type(), false, c.defaultValue()));
    } else if (action.take("set", "default")) {
      String value = action.until();
      sketch.change(table, name, c -> column(c, c.name(), c.type(), c.notNull(), value));
    } else if (action.take("drop", "default")) {
      sketch.change(table, name, c -> column(c, c.name(), c.type(), c.notNull(), ""));
    } else if (action.take("set", "data", "type") || action.take("type")) {
      type(name, types.printed(action.until("using", "collate")));
    }
  }

  private void type(String name, String type) {
    Catalog.Column column = now().column(name);
    if (column == null || column.type().equals(type)) {
      return;
    }
    if (types.copies(column.type(), type)) {
      effect.rewrite(table);
      effect.scan(table);
      sketch.indexes(table).forEach(each -> effect.rewrite(each.oid()));
    }
    sketch.change(table, name, c -> column(c, c.name(), type, c.notNull(), c.defaultValue()));
  }

  private void add(Cursor action) {
    String name = action.take("constraint") ? action.word() : "";
    boolean constraint =
        !name.isEmpty()
            || action.ahead("check", "(")
            || action.ahead("unique")
            || action.ahead("primary", "key")
            || action.ahead("foreign", "key")
            || action.ahead("exclude");
    if (constraint) {
      constraint(action, name);
      return;
    }
    lock(LockMode.ACCESS_EXCLUSIVE);
    action.take("column");
    boolean guarded = action.take("if", "not", "exists");
    String column = action.word();
    if (!guarded || now().column(column) == null) {
      newColumn(action, column);
    }
  }

  private void newColumn(Cursor action, String name) {
    String written = action.until(COLUMN_CLAUSES);
    boolean counted = written.matches("(?i)(big|small)?serial[248]?");
    String type = counted ? "bigint" : types.printed(written);
    String value = counted ? "nextval('')" : "";
    char identity = ' ';
    char generated = ' ';
    boolean notNull = counted;
    boolean unique = false;
    boolean checked = false;
    while (!action.done()) {
      if (action.take("default")) {
        value = action.take("null") ? "" : action.until(COLUMN_CLAUSES);
      } else if (action.take("not", "null")) {
        notNull = true;
      } else if (action.take("primary", "key")) {
        notNull = true;
        unique = true;
      } else if (action.take("unique")) {
        unique = true;
      } else if (action.take("check")) {
        checked = !action.group().isEmpty();
      } else if (action.take("generated")) {
        action.until("as");
        action.take("as");
        identity = action.take("identity") ? 'a' : ' ';
        generated = identity == ' ' && action.later("stored") ? 's' : ' ';
        action.until(COLUMN_CLAUSES);
      } else if (action.take("references")) {
        reference(sketch.table(action.name()), LockMode.SHARE_ROW_EXCLUSIVE);
        action.group();
      } else {
        action.word();
        if (!action.group().isEmpty() || action.done()) {
          continue;
        }
        action.until(COLUMN_CLAUSES);
      }
    }
    sketch.add(table, new Catalog.Column(0, name, type, notNull, value, identity, generated, ""));
    boolean filled = !value.isEmpty() || identity != ' ' || generated != ' ';
    if (notNull && !filled) {
      effect.failWithRows();
    }
    if (counted || identity != ' ' || generated == 's' || VOLATILE.matcher(value).find()) {
      effect.rewrite(table);
      sketch.indexes(table).forEach(each -> effect.rewrite(each.oid()));
    }
    if (checked && !value.isEmpty()) {
      effect.scan(table);
    }
    if (unique) {
      String index = now().name() + "_" + name + "_key";
      effect.build(table, sketch.index(now(), index, true, Names.quoted(name), "", false));
    }
  }

  private void reference(Catalog.@Nullable Relation target, LockMode mode) {
    if (target != null) {
      effect.lock(target.oid(), mode);
    }
  }

  private void constraint(Cursor action, String named) {
    if (action.take("foreign", "key")) {
      foreignKey(action, named);
      return;
    }
    lock(LockMode.ACCESS_EXCLUSIVE);
    if (action.take("check")) {
      String expression = action.group();
      boolean valid = !action.later("not", "valid");
      if (valid) {
        effect.scan(table);
      }
      List<Integer> columns = mentioned(expression);
      put('c', name(named, "check"), valid, columns, 0, List.of(), 0, "CHECK (" + expression + ")");
      return;
    }
    boolean primary = action.take("primary", "key");
    if (primary || action.take("unique")) {
      boolean nullsEqual = action.take("nulls", "not", "distinct");
      String keys = action.group();
      if (!keys.isEmpty()) {
        unique(primary, name(named, primary ? "pkey" : "key"), keys, nullsEqual);
      }
    } else if (action.take("exclude")) {
      effect.scan(table);
      String definition = "EXCLUDE " + action.until();
      put('x', name(named, "excl"), true, List.of(), 0, List.of(), 0, definition);
    }
  }

  private void unique(boolean primary, String name, String keys, boolean nullsEqual) {
    long index = sketch.index(now(), name, true, keys, "", nullsEqual);
    effect.build(table, index);
    List<Integer> columns = Sketch.numbers(now(), keys);
    put(
        primary ? 'p' : 'u',
        name,
        true,
        columns,
        0,
        List.of(),
        index,
        (primary ? "PRIMARY KEY (" : "UNIQUE (") + keys + ")");
  }

  private void foreignKey(Cursor action, String named) {
    lock(LockMode.SHARE_ROW_EXCLUSIVE);
    String columns = action.group();
    action.take("references");
    Catalog.Relation target = sketch.table(action.name());
    String targets = action.group();
    boolean valid = !action.later("not", "valid");
    if (target == null) {
      return;
    }
    reference(target, LockMode.SHARE_ROW_EXCLUSIVE);
    if (valid) {
      effect.scan(table);
      effect.scan(target.oid());
    }
    List<Integer> numbers =
        targets.isEmpty() ? primaryKey(target.oid()) : Sketch.numbers(target, targets);
    put(
        'f',
        name(named, "fkey"),
        valid,
        Sketch.numbers(now(), columns),
        target.oid(),
        numbers,
        0,
        "FOREIGN KEY (%s) REFERENCES %s%s%s"
            .formatted(
                columns,
                target.qualified(),
                targets.isEmpty() ? "" : "(" + targets + ")",
                action.later("match", "full") ? " MATCH FULL" : ""));
  }

  private List<Integer> primaryKey(long relation) {
    return sketch.catalog().constraints().values().stream()
        .filter(each -> each.relation() == relation && each.kind() == 'p')
        .map(Catalog.Constraint::columns)
        .findFirst()
        .orElse(List.of());
  }

  private List<Integer> mentioned(String expression) {
    return now().columns().values().stream()
        .filter(each ->
            Pattern.compile("(?i)\\b" + Pattern.quote(each.name()) + "\\b")
                .matcher(expression)
                .find())
        .map(Catalog.Column::number)
        .sorted()
        .toList();
  }

  private String name(String named, String suffix) {
    return named.isEmpty() ? now().name() + "_" + suffix : named;
  }

  private void put(
      char kind,
      String name,
      boolean valid,
      List<Integer> columns,
      long target,
      List<Integer> targets,
      long index,
      String definition) {
    sketch.put(
        new Catalog.Constraint(
            sketch.fresh(),
            table,
            0,
            Objects.requireNonNull(name),
            kind,
            valid,
            columns,
            target,
            targets,
            index,
            0,
            definition));
  }
}
