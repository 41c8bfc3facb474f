package dev.whimbrel.hazard;

import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Splitter;
import dev.whimbrel.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes changes of many rows as many short transactions, ready to paste into a revision. */
final class Batches {
  /** The words before the assignments where there is no alias. */
  private static final int UPDATE_TABLE_SET = 3;

  private Batches() {}

  /** Gives rows that have none a value that may differ from row to row. */
  static String fill(String table, String column, String value) {
    return update(table, column + " = " + value, column + " is null");
  }

  /** Copies what another column has, in another form. */
  static String copy(String table, String column, String value) {
    return update(table, column + " = " + value, column + " is distinct from " + value);
  }

  private static String update(String table, String assignments, String where) {
    return """
    -- +no-transaction
    do $$
    begin
      loop
        update %1$s set %2$s where ctid = any (array(
          select ctid from %1$s where %3$s limit 5000 for update));
        exit when not found;
        commit;
      end loop;
    end $$;\
    """
        .formatted(table, assignments, where);
  }

  /**
   * A plain {@code UPDATE} of one table in batches; null where its text is more than assignments
   * and a condition.
   */
  static @Nullable String of(String table, String statement) {
    Clauses clauses = Clauses.of(statement);
    List<String> pending = new ArrayList<>();
    for (String assignment : clauses.assignments()) {
      int equals = assignment.indexOf('=');
      String column = equals < 0 ? "" : assignment.substring(0, equals).strip();
      if (!column.matches("\\w+|\"[^\"]+\"") || !clauses.plain()) {
        return null;
      }
      String value = assignment.substring(equals + 1).strip();
      pending.add(
          value.contains("(")
              ? column + " is null"
              : column
                  + " is distinct from "
                  + (value.matches("[\\w.']+") ? value : "(" + value + ")"));
    }
    if (pending.isEmpty()) {
      return null;
    }
    String open = String.join(" or ", pending);
    return update(
        table,
        String.join(", ", clauses.assignments()),
        clauses.where().isEmpty() ? open : "(%s) and (%s)".formatted(clauses.where(), open));
  }

  /**
   * The parts of an {@code UPDATE}, as they stand in its text.
   *
   * @param plain whether it has no alias and no other tables
   * @param where empty for none
   */
  private record Clauses(boolean plain, List<String> assignments, String where) {
    static Clauses of(String statement) {
      List<String> assignments = new ArrayList<>();
      boolean plain = true;
      int words = 0;
      int depth = 0;
      int from = -1;
      boolean where = false;
      int end = statement.length();
      for (Token token : new Splitter(Lexis.postgresql()).tokens(statement)) {
        String word = token.text().toLowerCase(Locale.ROOT);
        depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
        if (depth != 0) {
          continue;
        }
        if (from < 0) {
          words += token.kind() == Token.Kind.WORD && word.equals("only") ? 0 : 1;
          words -= word.equals(".") ? 2 : 0;
          from = word.equals("set") ? token.offset() + word.length() : from;
        } else if (!where && word.equals(",")) {
          assignments.add(statement.substring(from, token.offset()).strip());
          from = token.offset() + 1;
        } else if (!where && word.equals("where")) {
          assignments.add(statement.substring(from, token.offset()).strip());
          from = token.offset() + word.length();
          where = true;
        } else if (word.equals("from") || word.equals("returning")) {
          plain = false;
        } else if (word.equals(";")) {
          end = token.offset();
        }
      }
      if (from >= 0 && !where) {
        assignments.add(statement.substring(from, end).strip());
      }
      return new Clauses(
          plain && words == UPDATE_TABLE_SET,
          assignments,
          where ? statement.substring(from, end).strip() : "");
    }
  }
}
