package dev.whimbrel.acceptance.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A schema made by chance from a seed, as statements that each stand for something. */
final class RandomSchema {
  private static final List<String> TYPES =
      List.of(
          "integer", "bigint", "text", "varchar(30)", "numeric(8, 2)", "boolean", "date", "mood");
  private static final int TABLES = 4;
  private static final int COLUMNS = 5;

  private final Random random;

  RandomSchema(long seed) {
    random = new Random(seed);
  }

  /** Statements that load in their order; any of them but the first may be left out with care. */
  List<String> statements() {
    List<String> statements = new ArrayList<>();
    statements.add(
        "create type mood as enum (" + (chance(2) ? "'sad', 'ok'" : "'ok', 'sad', 'new'") + ")");
    statements.add(
        "create function twice(n integer) returns integer immutable language sql as 'select n * "
            + (2 + random.nextInt(2))
            + "'");
    for (int table = 0; table < TABLES; table++) {
      if (!chance(4)) {
        table("t" + table, statements);
      }
    }
    return statements;
  }

  private void table(String name, List<String> statements) {
    List<String> columns = new ArrayList<>(List.of("id integer primary key"));
    List<String> numbers = new ArrayList<>(List.of("id"));
    for (int i = 0; i < COLUMNS; i++) {
      if (chance(2)) {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        columns.add("c" + i + " " + type + (chance(3) ? " not null" : "") + defaultOf(type));
        if (type.equals("integer")) {
          numbers.add("c" + i);
        }
      }
    }
    if (chance(3)) {
      columns.add("constraint " + name + "_sane check (id > " + random.nextInt(3) + ")");
    }
    statements.add("create table " + name + " (" + String.join(", ", columns) + ")");
    String number = numbers.get(random.nextInt(numbers.size()));
    if (chance(2)) {
      statements.add("create index " + name + "_ix on " + name + " (twice(" + number + "))");
    }
    if (chance(3)) {
      statements.add(
          "alter table " + name + " add foreign key (" + number + ") references " + name);
    }
    if (chance(2)) {
      statements.add("create view v" + name + " as select id, twice(" + number + ") from " + name);
      statements.add("comment on view v" + name + " is '" + random.nextInt(3) + "'");
    }
    if (chance(3)) {
      statements.add("alter table " + name + " enable row level security");
      statements.add("create policy p on " + name + " using (" + number + " > 0)");
    }
    if (chance(3)) {
      statements.add("grant select on " + name + " to public");
    }
  }

  private String defaultOf(String type) {
    if (!chance(3)) {
      return "";
    }
    return switch (type) {
      case "integer", "bigint", "numeric(8, 2)" -> " default " + random.nextInt(9);
      case "text", "varchar(30)" -> " default 'x" + random.nextInt(3) + "'";
      case "mood" -> " default 'ok'";
      case "boolean" -> " default true";
      default -> "";
    };
  }

  private boolean chance(int of) {
    return random.nextInt(of) == 0;
  }
}
