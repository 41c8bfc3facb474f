package dev.whimbrel.hazard;

import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Splitter;
import dev.whimbrel.sql.Token;

/** A stored generated column that is new, or computed from now on in another way. */
final class RewritesForGenerated implements Rule {
  @Override
  public String code() {
    return "W203";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (var added : Delta.of(seen).newColumns()) {
      long table = added.table().oid();
      if (seen.rewrites().contains(table) && added.column().generated() == 's') {
        bench.report(
            seen,
            table,
            bench.byCost(seen, table),
            "The stored column %s is computed for every row, so the whole table is copied; %s."
                .formatted(added.of(), bench.cost(seen, table)),
            """
            alter table %1$s add column %2$s %3$s;
            create function %4$s() returns trigger language plpgsql
              as $$ begin new.%2$s := %5$s; return new; end $$;
            create trigger %6$s before insert or update on %1$s
              for each row execute function %4$s();
            -- in the next revision:
            %7$s\
            """
                .formatted(
                    added.table().qualified(),
                    Names.quoted(added.column().name()),
                    added.column().type(),
                    Names.qualified(
                        added.table().schema(), added.table().name() + "_" + added.column().name()),
                    inTrigger(added),
                    Names.quoted(added.table().name() + "_" + added.column().name()),
                    Batches.copy(
                        added.table().qualified(),
                        Names.quoted(added.column().name()),
                        "(" + added.column().defaultValue() + ")")));
      }
    }
    for (var change : Delta.of(seen).changedColumns()) {
      long table = change.table().oid();
      if (seen.rewrites().contains(table) && isComputedAnew(change)) {
        bench.report(
            seen,
            table,
            bench.byCost(seen, table),
            "The stored column %s is computed anew for every row, so the whole table is copied; %s."
                .formatted(change.of(), bench.cost(seen, table)),
            "Add a second column for the new expression, fill it in small batches, and drop this"
                + " one in a later revision.");
      }
    }
  }

  static boolean isComputedAnew(Delta.ColumnChange change) {
    return change.was().generated() == 's'
        && change.now().generated() == 's'
        && !change.was().defaultValue().equals(change.now().defaultValue());
  }

  /** The expression with the columns of the new row. */
  private static String inTrigger(Delta.ColumnOf added) {
    StringBuilder text = new StringBuilder();
    String expression = added.column().defaultValue();
    int from = 0;
    for (Token token : new Splitter(Lexis.postgresql()).tokens(expression)) {
      boolean name = token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.NAME;
      String plain = token.text().replaceAll("^\"|\"$", "").replace("\"\"", "\"");
      int end = token.offset() + token.text().length();
      boolean call = expression.substring(end).stripLeading().startsWith("(");
      if (name && !call && added.table().column(plain) != null) {
        text.append(expression, from, token.offset()).append("new.");
        from = token.offset();
      }
    }
    return text.append(expression.substring(from)).toString();
  }
}
