package dev.whimbrel.dialect.postgresql;

import static dev.whimbrel.dialect.postgresql.PostgresqlNames.literal;
import static dev.whimbrel.dialect.postgresql.PostgresqlNames.object;
import static dev.whimbrel.dialect.postgresql.PostgresqlNames.quote;
import static dev.whimbrel.dialect.postgresql.PostgresqlNames.relation;

import dev.whimbrel.dialect.postgresql.PostgresqlRender.Out;
import dev.whimbrel.schema.ConstraintContent;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** Schemas, extensions, collations, publications, settings and comments. */
final class PostgresqlRenderObject {
  private static final Pattern PLAIN_VALUE = Pattern.compile("[A-Za-z0-9_.+-]+");

  private static final Content.Publication PLAIN_PUBLICATION =
      new Content.Publication(
          false, List.of("insert", "update", "delete", "truncate"), false, "none");

  private PostgresqlRenderObject() {}

  static void create(FactId id, Content content, Out out) {
    switch (content) {
      case Content.Namespace ignored -> out.add("create schema %s", quote(id.name()));
      case Content.Extension extension ->
          out.add(
              "create extension %s%s%s",
              quote(id.name()),
              extension.schema().equals("public")
                      || !out.to().contains(FactId.of(Kind.NAMESPACE, extension.schema()))
                  ? ""
                  : " schema " + quote(extension.schema()),
              extension.version() == null ? "" : " version " + literal(extension.version()));
      case Content.Collation collation -> {
        List<String> options = new ArrayList<>();
        collation
            .options()
            .forEach((name, value) ->
                options.add(
                    name
                        + " = "
                        + (name.equals("provider") || name.equals("deterministic")
                            ? value
                            : literal(value))));
        out.add("create collation %s (%s)", relation(id), String.join(", ", options));
      }
      case Content.Publication publication -> publication(id, publication, out);
      case Content.PublicationTable table ->
          out.add(
              "alter publication %s add table %s%s%s",
              quote(id.segment(0)),
              relation(id.segment(1), id.segment(2)),
              table.columns().isEmpty() ? "" : " (" + PostgresqlNames.list(table.columns()) + ")",
              table.where() == null ? "" : " where " + parenthesized(table.where()));
      case Content.PublicationSchema ignored ->
          out.add(
              "alter publication %s add tables in schema %s",
              quote(id.segment(0)), quote(id.segment(1)));
      case Content.Options options -> options(id, new java.util.TreeMap<>(), options.values(), out);
      case Content.Comment comment -> comment(id, literal(comment.text()), out);
      case Content.Verbatim verbatim ->
          new Splitter(Lexis.postgresql())
              .split("", verbatim.sql())
              .forEach(statement -> out.add("%s", statement.text()));
      default -> throw new IllegalArgumentException(id + " is written elsewhere");
    }
  }

  static void drop(FactId id, Content content, Out out) {
    switch (content) {
      case Content.PublicationTable ignored ->
          out.add(
              "alter publication %s drop table %s",
              quote(id.segment(0)), relation(id.segment(1), id.segment(2)));
      case Content.PublicationSchema ignored ->
          out.add(
              "alter publication %s drop tables in schema %s",
              quote(id.segment(0)), quote(id.segment(1)));
      case Content.Options options -> options(id, options.values(), new java.util.TreeMap<>(), out);
      case Content.Comment ignored -> comment(id, "null", out);
      default -> out.add("drop %s", object(id, out.from()));
    }
  }

  static void alter(FactId id, Content before, Content after, Out out) {
    switch (after) {
      case Content.Extension extension ->
          alterExtension(id, (Content.Extension) before, extension, out);
      case Content.Publication publication ->
          out.add(
              "alter publication %s set (%s)",
              quote(id.name()), changed((Content.Publication) before, publication));
      case Content.Options options ->
          options(id, ((Content.Options) before).values(), options.values(), out);
      case Content.Comment comment -> create(id, comment, out);
      default -> throw new IllegalArgumentException(id + " is recreated");
    }
  }

  private static void alterExtension(
      FactId id, Content.Extension before, Content.Extension after, Out out) {
    if (!Objects.equals(before.version(), after.version())) {
      String version = after.version() == null ? "" : " to " + literal(after.version());
      out.add("alter extension %s update%s", quote(id.name()), version);
    }
    if (!before.schema().equals(after.schema())) {
      out.add("alter extension %s set schema %s", quote(id.name()), quote(after.schema()));
    }
  }

  private static void publication(FactId id, Content.Publication publication, Out out) {
    String parameters = changed(PLAIN_PUBLICATION, publication);
    out.add(
        "create publication %s%s%s",
        quote(id.name()),
        publication.allTables() ? " for all tables" : "",
        parameters.isEmpty() ? "" : " with (" + parameters + ")");
  }

  /** The parameters in which a publication differs from another. */
  private static String changed(Content.Publication before, Content.Publication after) {
    List<String> words = new ArrayList<>();
    if (!after.operations().equals(before.operations())) {
      words.add("publish = " + literal(String.join(", ", after.operations())));
    }
    if (after.viaRoot() != before.viaRoot()) {
      words.add("publish_via_partition_root = " + after.viaRoot());
    }
    if (!after.generatedColumns().equals(before.generatedColumns())) {
      words.add("publish_generated_columns = " + after.generatedColumns());
    }
    return String.join(", ", words);
  }

  private static String parenthesized(String expression) {
    return expression.startsWith("(") ? expression : "(" + expression + ")";
  }

  private static void comment(FactId id, String text, Out out) {
    FactId target = id.target();
    String what =
        target.kind() == Kind.NOT_NULL
            ? "constraint " + quote(notNullName(target, out)) + " on " + relation(target)
            : object(target, out.to().contains(target) ? out.to() : out.from());
    out.add("comment on %s is %s", what, text);
  }

  private static String notNullName(FactId id, Out out) {
    return out.to()
        .find(id, ConstraintContent.NotNull.class)
        .map(ConstraintContent.NotNull::name)
        .orElse(PostgresqlNames.invent(id.segment(1), id.name(), "not_null"));
  }

  /** The options of an index are the statistics targets of its columns, by their numbers. */
  private static void options(
      FactId id, SortedMap<String, String> before, SortedMap<String, String> after, Out out) {
    String object = object(id.target(), out.to().contains(id.target()) ? out.to() : out.from());
    if (id.target().kind() != Kind.INDEX) {
      setOptions(object, before, after, out);
      return;
    }
    SortedMap<String, String> all = new java.util.TreeMap<>(before);
    all.replaceAll((number, target) -> "-1");
    all.putAll(after);
    all.forEach((number, target) -> {
      if (!target.equals(before.getOrDefault(number, "-1"))) {
        out.add("alter %s alter column %s set statistics %s", object, number, target);
      }
    });
  }

  /** Sets what differs and resets what is gone. */
  static void setOptions(
      String object, SortedMap<String, String> before, SortedMap<String, String> after, Out out) {
    SortedMap<String, String> set = new java.util.TreeMap<>(after);
    set.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
    if (!set.isEmpty()) {
      out.add("alter %s set (%s)", object, settings(set));
    }
    List<String> gone = before.keySet().stream().filter(name -> !after.containsKey(name)).toList();
    if (!gone.isEmpty()) {
      out.add("alter %s reset (%s)", object, String.join(", ", gone));
    }
  }

  static String settings(SortedMap<String, String> values) {
    List<String> words = new ArrayList<>();
    values.forEach((name, value) ->
        words.add(name + " = " + (PLAIN_VALUE.matcher(value).matches() ? value : literal(value))));
    return String.join(", ", words);
  }
}
