package dev.whimbrel.hazard;

import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Splitter;
import dev.whimbrel.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes of many rows as many short transactions, ready to paste into a revision.
 *
 * <p>They go over the table's pages once, so that they end whatever the values are.
 */
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
    declare
      pages bigint := pg_relation_size('%1$s') / current_setting('block_size')::int;
      page bigint := 0;
    begin
      while page <= pages loop
        update %1$s set %2$s
          where ctid >= format('(%%s,0)', page)::tid
            and ctid < format('(%%s,0)', page + 500)::tid
            and %3$s;
        commit;
        page := page + 500;
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
    open = pending.size() > 1 ? "(" + open + ")" : open;
    return update(
        table,
        String.join(", ", clauses.assignments()),
        clauses.where().isEmpty() ? open : "(%s) and %s".formatted(clauses.where(), open));
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
