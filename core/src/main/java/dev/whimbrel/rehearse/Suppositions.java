package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Names;
import dev.whimbrel.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes up what a file of SQL takes for granted, because the server says that it is missing.
 *
 * <p>Nothing is read out of the statements that the server can say: they are run, what it misses is
 * made, and they are run again. What cannot be made up is left to fail. Not thread-safe.
 */
final class Suppositions {
  private static final int MOST = 200;

  /** From what a type is commonly changed into another one. */
  private static final Map<String, String> EARLIER =
      Map.of(
          "integer", "smallint",
          "bigint", "integer",
          "timestamp with time zone", "timestamp without time zone",
          "timestamp without time zone", "timestamp with time zone",
          "date", "timestamp without time zone",
          "jsonb", "json",
          "json", "jsonb");

  private final Connection connection;
  private final Makings makings;
  private final Consumer<String> lender;

  private final Set<Complaint> met = new LinkedHashSet<>();
  private final Map<String, Integer> functions = new LinkedHashMap<>();

  private Suppositions(Connection connection, Consumer<String> lender) {
    this.lender = lender;
    this.connection = connection;
    this.makings = new Makings(connection);
  }

  /**
   * The statements that make what the file needs, in order.
   *
   * @param connection to a database that is thrown away, in auto-commit
   * @param lender makes a role, where that may be
   */
  static List<String> of(
      Connection connection, List<Statement> statements, Consumer<String> lender) {
    Tried.run(connection, false, "set lc_messages = 'C'");
    Suppositions suppositions = new Suppositions(connection, lender);
    for (Statement statement : statements) {
      boolean again = true;
      while (again && suppositions.makings.statements().size() < MOST) {
        again = suppositions.supposeFor(statement.text());
      }
    }
    return suppositions.makings.statements();
  }

  /** Whether something was made for the statement that it may need. */
  private boolean supposeFor(String sql) {
    boolean more = false;
    for (String message : complaints(sql)) {
      Complaint complaint = Complaint.of(message);
      boolean repeats = complaint != null && complaint.kind() == Complaint.Kind.MISFIT;
      if (complaint != null && (repeats || met.add(complaint) || isOfKey(complaint))) {
        more |= new Need(sql, complaint).fill();
      } else if (complaint != null && complaint.kind() == Complaint.Kind.FUNCTION) {
        more |= makings.turnNamed(sql);
      }
    }
    return more;
  }

  /** A foreign key's columns can be missing on both sides. */
  private static boolean isOfKey(Complaint complaint) {
    return complaint.kind() == Complaint.Kind.COLUMN && complaint.of().isEmpty();
  }

  private List<String> complaints(String sql) {
    List<String> messages = new ArrayList<>();
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
      for (SQLWarning each = statement.getWarnings(); each != null; each = each.getNextWarning()) {
        if (String.valueOf(each.getMessage()).contains(", skipping")) {
          messages.add(String.valueOf(each.getMessage()));
        }
      }
    } catch (SQLException e) {
      messages.add(String.valueOf("25P01".equals(e.getSQLState()) ? within(sql) : e.getMessage()));
    }
    return messages;
  }

  /** What the server says where the statement needs a transaction. */
  private @Nullable String within(String sql) {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.execute("begin");
      try {
        statement.execute(sql);
        return "";
      } finally {
        statement.execute("rollback");
      }
    } catch (SQLException e) {
      return e.getMessage();
    }
  }

  /** One complaint about one statement. */
  private final class Need {
    private final String sql;
    private final String lower;
    private final Complaint complaint;
    private final String name;

    Need(String sql, Complaint complaint) {
      this.sql = sql;
      this.lower = sql.toLowerCase(Locale.ROOT).strip();
      this.complaint = complaint;
      this.name = Makings.name(complaint.name());
    }

    boolean fill() {
      String of = Makings.name(complaint.of());
      return switch (complaint.kind()) {
        case RELATION -> relation();
        case COLUMN -> column();
        case CONSTRAINT -> constraint(of);
        case INDEX -> index();
        case VIEW -> makings.make("create view " + name + " as select 1 as id");
        case MATERIALIZED_VIEW ->
            makings.make("create materialized view " + name + " as select 1 as id");
        case UNINDEXED_VIEW -> makings.make("create unique index on " + name + " (id)");
        case SEQUENCE -> makings.make("create sequence " + name);
        case SCHEMA -> makings.make("create schema " + name);
        case TYPE -> type();
        case LABEL -> label();
        case FUNCTION -> makings.turnNamed(sql) || function("text");
        case ROLE -> {
          lender.accept(complaint.name());
          yield true;
        }
        case TRIGGER_FUNCTION -> triggerFunction();
        case TRIGGER -> trigger(of);
        case POLICY -> makings.make("create policy " + name + " on " + of + " using (true)");
        case PARENT -> child(of);
        case HEIR -> makings.make("alter table " + of + " inherit " + name);
        case OPERATORS -> operators();
        case EXTENSION -> makings.make("create extension if not exists " + name);
        case SECOND_KEY ->
            makings.make(
                "alter table "
                    + name
                    + " drop constraint "
                    + Names.quoted(Makings.bare(complaint.name()) + "_pkey")
                    + " cascade");
        case TAKEN_COLUMN ->
            isMine() && makings.make("alter table " + of + " drop column " + name + " cascade");
        case NO_KEY -> makings.make("alter table " + name + " add primary key (id)");
        case NO_UNIQUE -> unique();
        case KEY_TYPES -> keyTypes();
        case UNPARTITIONED -> partitioned();
        case NO_IDENTITY ->
            makings.make("alter table %s alter column %s set not null".formatted(of, name))
                && makings.make(
                    "alter table %s alter column %s add generated by default as identity"
                        .formatted(of, name));
        case MISFIT -> misfit();
      };
    }

    private boolean relation() {
      if (says("alter view")) {
        return makings.make("create view " + name + " as select 1 as id");
      }
      if (says("alter materialized view") || says("refresh")) {
        return makings.make("create materialized view " + name + " as select 1 as id");
      }
      if (says("alter sequence")) {
        return makings.make("create sequence " + name);
      }
      if (says("alter index") || says("reindex index") || lower.startsWith("reindex (")) {
        return index();
      }
      if (says("alter type")) {
        return makings.make("create type " + name + " as (id integer)");
      }
      return table(complaint.name());
    }

    /** What overlaps is a range; numbers and texts need an extension. */
    private boolean operators() {
      Matcher overlaps = Pattern.compile("(?i)\"?([\\w$]+)\"?\\s+with\\s+&&").matcher(sql);
      boolean turned = false;
      while (overlaps.find()) {
        for (String table : makings.named(sql)) {
          turned |=
              makings.untried(table, overlaps.group(1), "tstzrange")
                  && makings.turn(table, overlaps.group(1), "tstzrange");
        }
      }
      return makings.make("create extension if not exists btree_gist") || turned;
    }

    private boolean child(String of) {
      String values =
          lower.contains("modulus")
              ? "with (modulus 1, remainder 0)"
              : "from (minvalue) to (maxvalue)";
      return makings.make("drop table " + name)
          && makings.make(
              "create table %s partition of %s for values %s".formatted(name, of, values));
    }

    private boolean says(String words) {
      return lower.replaceAll("\\s+", " ").startsWith(words);
    }

    private boolean table(String raw) {
      String quoted = Makings.name(raw);
      makings.began(raw);
      List<String> others = makings.named(sql);
      if (lower.contains("attach partition") && !mentionsEarlier(raw, "partition")) {
        return partitioned(quoted);
      }
      if (lower.contains("attach partition") && !others.isEmpty()) {
        return makings.make(
            "create table %s (like %s)".formatted(quoted, Makings.name(others.get(0))));
      }
      return makings.make(
          "create table %s (id bigint generated by default as identity constraint %s primary key)"
              .formatted(quoted, Names.quoted(Makings.bare(raw) + "_pkey")));
    }

    private boolean mentionsEarlier(String raw, String word) {
      int at = lower.indexOf(word);
      return at >= 0 && lower.indexOf(Makings.bare(raw).toLowerCase(Locale.ROOT)) > at;
    }

    private boolean partitioned(String quoted) {
      String how =
          lower.contains("values in") ? "list" : lower.contains("modulus") ? "hash" : "range";
      boolean dates = Pattern.compile("'\\d{4}-\\d\\d-\\d\\d").matcher(sql).find();
      boolean text = !dates && Pattern.compile("(?:from|in)\\s*\\(\\s*'").matcher(lower).find();
      return makings.make(
          "create table %s (id bigint, key %s) partition by %s (key)"
              .formatted(quoted, dates ? "date" : text ? "text" : "bigint", how));
    }

    private boolean partitioned() {
      return isMine() && makings.make("drop table " + name) && partitioned(name);
    }

    private boolean isMine() {
      return makings.has(complaint.of().isEmpty() ? complaint.name() : complaint.of());
    }

    private boolean column() {
      if (says("alter type")) {
        return makings.make(
            "alter type %s add attribute %s text".formatted(Makings.name(complaint.of()), name));
      }
      String table = makings.has(complaint.of()) ? complaint.of() : null;
      for (String each : table == null ? makings.named(sql) : List.of(table)) {
        String type = firstType();
        if (makings.make(
            "alter table %s add column %s %s".formatted(Makings.name(each), name, type))) {
          makings.added(each, complaint.name(), type);
          return true;
        }
      }
      return false;
    }

    private String firstType() {
      String column = complaint.name();
      String alters = "(?is).*alter\\s+(?:column\\s+)?\"?" + Pattern.quote(column) + "\"?\\s+";
      if (sql.matches(alters + "drop\\s+not\\s+null.*")) {
        return "bigint not null default 0";
      }
      if (sql.matches(alters + "drop\\s+default.*")) {
        return "text default ''";
      }
      if (sql.matches(alters + "(?:drop|set|restart|add)\\s+(?:identity|increment|start).*")
          || sql.matches(alters + "(?:restart|set\\s+generated).*")) {
        return "bigint generated by default as identity";
      }
      if (sql.matches(alters + "(?:drop|set)\\s+expression.*")) {
        return "integer generated always as (1) stored";
      }
      if (sql.matches(alters + "(?:set\\s+data\\s+)?type.*")) {
        return sql.matches(alters + "(?:set\\s+data\\s+)?type\\s+int(?:eger|4)?\\b.*")
            ? "smallint"
            : "integer";
      }
      return column.toLowerCase(Locale.ROOT).matches("id|.*_id") ? "bigint" : "text";
    }

    private boolean constraint(String of) {
      if (complaint.of().isEmpty()) {
        String domain =
            lower.replaceAll("(?s)^alter\\s+domain\\s+(?:if\\s+exists\\s+)?(\\S+).*", "$1");
        return makings.make(
            "alter domain %s add constraint %s check (value is not null) not valid"
                .formatted(domain, name));
      }
      if (complaint.name().endsWith("_pkey")) {
        return makings.make(
            "alter table %s add constraint %s primary key (id)".formatted(of, name));
      }
      if (lower.contains("alter constraint") || complaint.name().matches("(?i)fk.*|.*_fk.*")) {
        return makings.make(
            "alter table %1$s add constraint %2$s foreign key (id) references %1$s (id)%3$s"
                .formatted(of, name, lower.contains("validate") ? " not valid" : ""));
      }
      return makings.make(
          "alter table %s add constraint %s check (id > 0)%s"
              .formatted(of, name, lower.contains("validate") ? " not valid" : ""));
    }

    private boolean index() {
      boolean constraint = lower.contains("using index");
      List<String> tables = makings.named(sql);
      String table = tables.isEmpty() || !constraint ? "" : tables.get(0);
      if (table.isEmpty()) {
        table = Makings.bare(complaint.name()) + "_table";
        table(table);
      }
      return makings.make(
          "create %sindex %s on %s (id)"
              .formatted(
                  constraint ? "unique " : "",
                  Names.quoted(Makings.bare(complaint.name())),
                  Makings.name(table)));
    }

    private boolean type() {
      if (says("alter domain") || says("drop domain")) {
        String table = Makings.name(complaint.name() + "_table");
        if (says("drop domain")) {
          return makings.make("create domain " + name + " as text");
        }
        return makings.make(
                "create domain %s as %s"
                    .formatted(
                        name, lower.matches("(?s).*value\\s*[<>=]+\\s*\\d.*") ? "integer" : "text"))
            && makings.make(
                "create table %s (id bigint primary key, value %s)".formatted(table, name));
      }
      return makings.make(
          lower.matches("(?s).*\\battribute\\b.*")
              ? "create type " + name + " as (id integer)"
              : "create type " + name + " as enum ('supposed')");
    }

    private boolean label() {
      Matcher type = Pattern.compile("(?is)alter\\s+type\\s+(\\S+)").matcher(sql);
      String of = complaint.of().isEmpty() && type.find() ? type.group(1) : complaint.of();
      return makings.make(
          "alter type %s add value '%s'".formatted(of, complaint.name().replace("'", "''")));
    }

    private boolean function(String result) {
      String signature = complaint.name();
      if (!signature.contains("(")) {
        signature = name + "()";
      }
      boolean procedure = lower.contains("procedure");
      functions.put(signature, 0);
      return makings.make(
          procedure
              ? "create procedure %s language plpgsql as 'begin end'".formatted(signature)
              : "create function %s returns %s language plpgsql as 'begin return null; end'"
                  .formatted(signature, result));
    }

    private boolean triggerFunction() {
      String signature = complaint.name().contains("(") ? complaint.name() : name + "()";
      return makings.make("drop function " + signature)
          && makings.make(
              "create function %s returns trigger language plpgsql as 'begin return new; end'"
                  .formatted(signature));
    }

    private boolean trigger(String of) {
      String function = "supposed_trigger()";
      if (!functions.containsKey(function)) {
        functions.put(function, 0);
        makings.make(
            "create function %s returns trigger language plpgsql as 'begin return new; end'"
                .formatted(function));
      }
      return makings.make(
          "create trigger %s before insert on %s for each row execute function %s"
              .formatted(name, of, function));
    }

    private boolean unique() {
      Matcher list = Pattern.compile("(?is)references\\s+[^(;]*?\\(([^)]*)\\)").matcher(sql);
      return list.find()
          && makings.make("alter table %s add unique (%s)".formatted(name, list.group(1)));
    }

    /** The key's two sides take the type of the one that is known, or of the second. */
    private boolean keyTypes() {
      for (String table : makings.named(sql)) {
        for (String column : List.of(complaint.of(), complaint.name())) {
          for (String type : List.of("uuid", "bigint", "integer", "text")) {
            if (!column.isEmpty()
                && makings.untried(table, column, type)
                && makings.turn(table, column, type)) {
              return true;
            }
          }
        }
      }
      return false;
    }

    private boolean misfit() {
      String was = complaint.name();
      String wanted = complaint.of();
      for (String signature : List.copyOf(functions.keySet())) {
        if (was.equals("text")
            && sql.contains(signature.replaceFirst("\\(.*", ""))
            && functions.replace(signature, 0, 1)) {
          return makings.make("drop function " + signature)
              && makings.make(
                  "create function %s returns %s language plpgsql as 'begin return null; end'"
                      .formatted(signature, wanted));
        }
      }
      List<String> wishes = new ArrayList<>();
      if (lower.matches("(?s).*\\btype\\b.*") && EARLIER.containsKey(wanted)) {
        wishes.add(EARLIER.get(wanted));
      }
      wishes.add(wanted);
      for (String wish : wishes) {
        for (String table : makings.named(sql)) {
          for (String column : makings.columns(table)) {
            if (!wish.isEmpty()
                && Makings.word(column).matcher(sql).find()
                && makings.untried(table, column, wish)
                && makings.turn(table, column, wish)) {
              return true;
            }
          }
        }
      }
      return makings.turnNamed(sql);
    }
  }
}
