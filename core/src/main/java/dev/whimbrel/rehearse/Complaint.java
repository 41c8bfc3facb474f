package dev.whimbrel.rehearse;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a PostgreSQL server misses, as its messages say it.
 *
 * @param kind what kind of thing
 * @param name of it, without quotes, possibly with a schema before a dot
 * @param of the relation it belongs to, or a second name; empty for none
 */
record Complaint(Kind kind, String name, String of) {
  enum Kind {
    RELATION,
    COLUMN,
    CONSTRAINT,
    INDEX,
    VIEW,
    MATERIALIZED_VIEW,
    SEQUENCE,
    SCHEMA,
    TYPE,
    LABEL,
    FUNCTION,
    TRIGGER_FUNCTION,
    TRIGGER,
    POLICY,
    PARENT,
    HEIR,
    OPERATORS,
    EXTENSION,
    SECOND_KEY,
    TAKEN_COLUMN,
    NO_KEY,
    NO_UNIQUE,
    KEY_TYPES,
    UNPARTITIONED,
    ROLE,
    NO_IDENTITY,
    UNINDEXED_VIEW,
    /** The first type was met where the second was wanted; either may be empty. */
    MISFIT
  }

  private record Form(Pattern pattern, Kind kind) {
    Form(String pattern, Kind kind) {
      this(Pattern.compile(pattern), kind);
    }
  }

  /** The first that is found speaks; {@code name} and {@code of} are groups where they are. */
  private static final List<Form> FORMS =
      List.of(
          new Form(
              "column \"(?<name>[^\"]+)\" of relation \"(?<of>[^\"]+)\" does not exist",
              Kind.COLUMN),
          new Form(
              "constraint \"(?<name>[^\"]+)\" of relation \"(?<of>[^\"]+)\" does not exist",
              Kind.CONSTRAINT),
          new Form("constraint \"(?<name>[^\"]+)\" (?:for|of) domain", Kind.CONSTRAINT),
          new Form(
              "relation \"(?<name>[^\"]+)\" is not a partition of relation \"(?<of>[^\"]+)\"",
              Kind.PARENT),
          new Form(
              "relation \"(?<name>[^\"]+)\" is not a parent of relation \"(?<of>[^\"]+)\"",
              Kind.HEIR),
          new Form("no default operator class for access method \"gist\"", Kind.OPERATORS),
          new Form("role \"(?<name>[^\"]+)\" does not exist", Kind.ROLE),
          new Form("extension \"(?<name>[^\"]+)\" does not exist", Kind.EXTENSION),
          new Form(
              "child table is missing column \"(?<name>[^\"]+)\"|"
                  + "child table \"(?<of>[^\"]+)\" is missing",
              Kind.COLUMN),
          new Form(
              "trigger \"(?<name>[^\"]+)\" for (?:table|relation) \"(?<of>[^\"]+)\"", Kind.TRIGGER),
          new Form(
              "policy \"(?<name>[^\"]+)\" for (?:table|relation) \"(?<of>[^\"]+)\"", Kind.POLICY),
          new Form(
              "column \"(?<name>[^\"]+)\" of relation \"(?<of>[^\"]+)\" already",
              Kind.TAKEN_COLUMN),
          new Form(
              "column \"(?<name>[^\"]+)\" of relation \"(?<of>[^\"]+)\" is not an id",
              Kind.NO_IDENTITY),
          new Form("multiple primary keys for table \"(?<name>[^\"]+)\"", Kind.SECOND_KEY),
          new Form(
              "no unique constraint matching given keys.* \"(?<name>[^\"]+)\"", Kind.NO_UNIQUE),
          new Form("no primary key for referenced table \"(?<name>[^\"]+)\"", Kind.NO_KEY),
          new Form(
              "(?s)foreign key constraint .* cannot be implemented.*columns? \"(?<name>[^\"]+)\""
                  + ".* and \"(?<of>[^\"]+)\"",
              Kind.KEY_TYPES),
          new Form("(?:table )?\"(?<name>[^\"]+)\" is not partitioned", Kind.UNPARTITIONED),
          new Form(
              "PARTITION cannot be performed on relation \"(?<name>[^\"]+)\"", Kind.UNPARTITIONED),
          new Form("column \"(?<name>[^\"]+)\" named in (?:partition )?key does not", Kind.COLUMN),
          new Form(
              "column \"(?<name>[^\"]+)\" (?:referenced|specified) in .* does not", Kind.COLUMN),
          new Form("column \"(?<name>[^\"]+)\" does not exist", Kind.COLUMN),
          new Form("column (?<of>[\\w$]+)\\.(?<name>[\\w$]+) does not exist", Kind.COLUMN),
          new Form("materialized view \"(?<name>[^\"]+)\" does not exist", Kind.MATERIALIZED_VIEW),
          new Form(
              "cannot refresh materialized view \"(?<name>[^\"]+)\" conc", Kind.UNINDEXED_VIEW),
          new Form("view \"(?<name>[^\"]+)\" does not exist", Kind.VIEW),
          new Form("(?:relation|table) \"(?<name>[^\"]+)\" does not exist", Kind.RELATION),
          new Form("sequence \"(?<name>[^\"]+)\" does not exist", Kind.SEQUENCE),
          new Form("index \"(?<name>[^\"]+)\" does not exist", Kind.INDEX),
          new Form("schema \"(?<name>[^\"]+)\" does not exist", Kind.SCHEMA),
          new Form("type \"(?<name>[^\"]+)\" does not exist", Kind.TYPE),
          new Form("\"(?<name>[^\"]+)\" is not an existing enum label", Kind.LABEL),
          new Form("invalid input value for enum (?<of>\\S+): \"(?<name>[^\"]+)\"", Kind.LABEL),
          new Form(
              "function (?<name>\\S+\\(.*?\\)) must return type trigger", Kind.TRIGGER_FUNCTION),
          new Form("function (?<name>\\S+) must return type trigger", Kind.TRIGGER_FUNCTION),
          new Form("(?:function|procedure) (?<name>\\S+\\(.*?\\)) does not exist", Kind.FUNCTION),
          new Form(
              "could not find a (?:function|procedure) named \"(?<name>[^\"]+)\"", Kind.FUNCTION),
          new Form(
              "of type (?<of>.+) but (?:default )?expression is of type (?<name>[^\\n]+)",
              Kind.MISFIT),
          new Form("cannot be cast automatically to type (?<of>[^\\n]+)", Kind.MISFIT),
          new Form("cannot cast type (?<name>.+) to (?<of>[^\\n]+)", Kind.MISFIT),
          new Form("operator does not exist: (?<name>.+?) [^\\w\\s]+ (?<of>[^\\n]+)", Kind.MISFIT),
          new Form("must be type (?<of>.+), not type (?<name>[^\\n]+)", Kind.MISFIT),
          new Form("invalid input syntax for type (?<name>[^:]+)", Kind.MISFIT),
          new Form("types (?<name>.+) and (?<of>.+) cannot be matched", Kind.MISFIT));

  /** What a message complains of; null where it is none of these. */
  static @Nullable Complaint of(String message) {
    for (Form form : FORMS) {
      Matcher found = form.pattern().matcher(message);
      if (found.find()) {
        return new Complaint(form.kind(), group(found, "name"), group(found, "of"));
      }
    }
    return null;
  }

  private static String group(Matcher found, String name) {
    String value = found.namedGroups().containsKey(name) ? found.group(name) : null;
    return value == null ? "" : value.strip();
  }
}
