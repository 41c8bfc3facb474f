package dev.whimbrel.hibernate;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What Hibernate would create for the models, and what of the database the models therefore own.
 *
 * @param statements DDL in an order that can be run on an empty database, without semicolons
 * @param rows the inserts that generators kept in tables need, to run once after the DDL
 * @param tables the tables, sorted, Envers' and generators' included
 * @param sequences the sequences, sorted
 * @param types the enum and composite types, sorted
 * @param views the views that entities declare, sorted
 * @param hibernate the version of Hibernate that said so
 * @param checksum of the classes and settings it was made of: the same as long as none changes
 * @param settings the settings in effect that somebody chose, with their origin
 * @param timings how long each part took, in order
 * @param warnings one or two sentences each
 */
public record Ddl(
    List<String> statements,
    List<String> rows,
    List<MappedTable> tables,
    List<Name> sequences,
    List<Name> types,
    List<Name> views,
    String hibernate,
    String checksum,
    List<Setting> settings,
    List<Timing> timings,
    List<String> warnings) {

  public Ddl {
    statements = List.copyOf(statements);
    rows = List.copyOf(rows);
    tables = List.copyOf(tables);
    sequences = List.copyOf(sequences);
    types = List.copyOf(types);
    views = List.copyOf(views);
    settings = List.copyOf(settings);
    timings = List.copyOf(timings);
    warnings = List.copyOf(warnings);
  }

  /** All statements as one script, each ended with a semicolon and a line end. */
  public String script() {
    StringBuilder script = new StringBuilder();
    statements.forEach(statement -> script.append(statement).append(";\n"));
    return script.toString();
  }

  /**
   * A name as the database stores it.
   *
   * @param schema empty for the database's default schema
   * @param name without quotes
   */
  public record Name(String schema, String name) {
    @Override
    public String toString() {
      return schema.isEmpty() ? name : schema + "." + name;
    }
  }

  /**
   * A table of the models.
   *
   * @param by the entities and collections mapped to it, sorted; empty for a generator's table
   */
  public record MappedTable(Name name, List<String> by) {
    public MappedTable {
      by = List.copyOf(by);
    }
  }

  /**
   * A setting in effect.
   *
   * @param key under which the user set it, such as {@code spring.jpa.hibernate.naming…}
   * @param origin where, such as {@code application.yml:12}
   */
  public record Setting(String key, String value, String origin) {
    @Override
    public String toString() {
      return "%s = %s (%s)".formatted(key, value, origin);
    }
  }

  /** How long a part of the work took. */
  public record Timing(String part, Duration time) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s: %d ms", part, time.toMillis());
    }
  }
}
