package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.render.Script;
import dev.whimbrel.render.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** New types of several columns in one statement: a table is locked and rewritten once for all. */
final class PostgresqlRewrites {
  private static final String NAME = "(?:[\\w$]+|\"(?:[^\"]|\"\")+\")";
  private static final Pattern ACTION =
      Pattern.compile(
          "(?<table>alter table (?:"
              + NAME
              + "\\.)?"
              + NAME
              + ") (?<action>alter column "
              + NAME
              + " (?:(?<type>type) |set default |drop default).*)",
          Pattern.DOTALL);

  private PostgresqlRewrites() {}

  static List<Script.Step> join(List<Script.Step> steps) {
    List<List<Sql>> statements = new ArrayList<>();
    Run run = new Run();
    for (Script.Step step : steps) {
      List<Sql> own = new ArrayList<>();
      statements.add(own);
      for (Sql sql : step.statements()) {
        Matcher match = ACTION.matcher(sql.text());
        boolean fits = match.matches() && !sql.alone();
        if (!fits || !run.takes(match)) {
          run.end();
          run = new Run();
        }
        own.add(sql);
        if (fits) {
          run.add(match, own, sql);
        }
      }
    }
    run.end();
    List<Script.Step> joined = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      joined.add(new Script.Step(steps.get(i).change(), statements.get(i)));
    }
    return joined;
  }

  /** Actions on the columns of one table, one after another; not thread-safe. */
  private static final class Run {
    private String table = "";
    private final List<String> actions = new ArrayList<>();
    private final List<List<Sql>> owners = new ArrayList<>();
    private final List<Sql> members = new ArrayList<>();
    private int types;

    boolean takes(Matcher match) {
      return table.isEmpty() || table.equals(match.group("table"));
    }

    void add(Matcher match, List<Sql> owner, Sql sql) {
      table = match.group("table");
      actions.add(match.group("action"));
      owners.add(owner);
      members.add(sql);
      types += match.group("type") == null ? 0 : 1;
    }

    /** Puts one statement in the place of all, where that spares a rewrite. */
    void end() {
      if (types < 2) {
        return;
      }
      int place = owners.getFirst().indexOf(members.getFirst());
      owners.getFirst().add(place, Sql.of(table + "\n  " + String.join(",\n  ", actions)));
      for (int i = 0; i < members.size(); i++) {
        owners.get(i).remove(members.get(i));
      }
    }
  }
}
