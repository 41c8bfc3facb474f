package dev.whimbrel.hibernate.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/** What the worker found, or why it could not. */
public sealed interface Answer {

  /**
   * The DDL and what it is about. All names are as the database stores them.
   *
   * @param statements in an order that can be run; none ends with a semicolon
   * @param hibernate Hibernate's version
   * @param tables the tables, with what maps them
   * @param sequences the sequences
   * @param types enum and composite types
   * @param views views that entities declare
   * @param settings the settings in effect that somebody chose, with their origin
   * @param timings how long each part took
   * @param warnings one sentence or two each
   */
  record Schema(
      List<String> statements,
      String hibernate,
      List<Mapped> tables,
      List<Named> sequences,
      List<Named> types,
      List<Named> views,
      List<Origin> settings,
      List<Timing> timings,
      List<String> warnings)
      implements Answer {
    public Schema {
      statements = List.copyOf(statements);
      tables = List.copyOf(tables);
      sequences = List.copyOf(sequences);
      types = List.copyOf(types);
      views = List.copyOf(views);
      settings = List.copyOf(settings);
      timings = List.copyOf(timings);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Why there is no DDL.
   *
   * @param kind what kind of failure
   * @param subject the missing class, the version or the setting it is about; may be empty
   * @param entity the entity it was met at; empty if unknown
   * @param message the library's own words
   * @param trace the stack trace
   */
  record Failure(Kind kind, String subject, String entity, String message, String trace)
      implements Answer {}

  /** What can go wrong in the worker. */
  enum Kind {
    NO_HIBERNATE,
    OLD_HIBERNATE,
    MISSING_CLASS,
    CLASS_VERSION,
    NO_DIALECT,
    SETTINGS,
    BEAN_VALIDATION,
    MAPPING,
    FAULT
  }

  /**
   * A name in a schema.
   *
   * @param schema empty for the database's default schema
   */
  record Named(String schema, String name) {
    private static void write(DataOutputStream out, Named named) throws IOException {
      Wire.text(out, named.schema);
      Wire.text(out, named.name);
    }

    private static Named read(DataInputStream in) throws IOException {
      return new Named(Wire.text(in), Wire.text(in));
    }
  }

  /**
   * A table with the entities and collections mapped to it.
   *
   * @param by entity names and collection roles, sorted; empty for a generator's table
   */
  record Mapped(Named table, List<String> by) {
    public Mapped {
      by = List.copyOf(by);
    }

    private static void write(DataOutputStream out, Mapped mapped) throws IOException {
      Named.write(out, mapped.table);
      Wire.texts(out, mapped.by);
    }

    private static Mapped read(DataInputStream in) throws IOException {
      return new Mapped(Named.read(in), Wire.texts(in));
    }
  }

  /** A setting in effect and where it comes from, in words. */
  record Origin(String key, String value, String origin) {
    private static void write(DataOutputStream out, Origin setting) throws IOException {
      Wire.text(out, setting.key);
      Wire.text(out, setting.value);
      Wire.text(out, setting.origin);
    }

    private static Origin read(DataInputStream in) throws IOException {
      return new Origin(Wire.text(in), Wire.text(in), Wire.text(in));
    }
  }

  /** How long a part took. */
  record Timing(String part, long millis) {
    private static void write(DataOutputStream out, Timing timing) throws IOException {
      Wire.text(out, timing.part);
      out.writeLong(timing.millis);
    }

    private static Timing read(DataInputStream in) throws IOException {
      return new Timing(Wire.text(in), in.readLong());
    }
  }

  default void write(DataOutputStream out) throws IOException {
    switch (this) {
      case Schema schema -> {
        out.writeBoolean(true);
        Wire.texts(out, schema.statements);
        Wire.text(out, schema.hibernate);
        Wire.list(out, schema.tables, Mapped::write);
        Wire.list(out, schema.sequences, Named::write);
        Wire.list(out, schema.types, Named::write);
        Wire.list(out, schema.views, Named::write);
        Wire.list(out, schema.settings, Origin::write);
        Wire.list(out, schema.timings, Timing::write);
        Wire.texts(out, schema.warnings);
      }
      case Failure failure -> {
        out.writeBoolean(false);
        Wire.text(out, failure.kind.name());
        Wire.text(out, failure.subject);
        Wire.text(out, failure.entity);
        Wire.text(out, failure.message);
        Wire.text(out, failure.trace);
      }
    }
  }

  static Answer read(DataInputStream in) throws IOException {
    if (in.readBoolean()) {
      return new Schema(
          Wire.texts(in),
          Wire.text(in),
          Wire.list(in, Mapped::read),
          Wire.list(in, Named::read),
          Wire.list(in, Named::read),
          Wire.list(in, Named::read),
          Wire.list(in, Origin::read),
          Wire.list(in, Timing::read),
          Wire.texts(in));
    }
    return new Failure(
        Kind.valueOf(Wire.text(in)), Wire.text(in), Wire.text(in), Wire.text(in), Wire.text(in));
  }
}
