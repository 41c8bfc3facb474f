package dev.whimbrel.dialect.postgresql;

import static dev.whimbrel.dialect.postgresql.PostgresqlNames.literal;
import static dev.whimbrel.dialect.postgresql.PostgresqlNames.quote;
import static dev.whimbrel.dialect.postgresql.PostgresqlNames.type;

import dev.whimbrel.dialect.postgresql.PostgresqlRender.Out;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.TableContent;
import dev.whimbrel.schema.TypeContent;
import dev.whimbrel.schema.TypeContent.Attribute;
import dev.whimbrel.schema.TypeContent.CompositeType;
import dev.whimbrel.schema.TypeContent.Domain;
import dev.whimbrel.schema.TypeContent.DomainCheck;
import dev.whimbrel.schema.TypeContent.DomainDefault;
import dev.whimbrel.schema.TypeContent.EnumType;
import dev.whimbrel.schema.TypeContent.RangeType;
import java.util.ArrayList;
import java.util.List;

/** Types. What cannot be altered is replaced, and the columns that have it are converted. */
final class PostgresqlRenderType {
  private PostgresqlRenderType() {}

  static void create(FactId id, TypeContent content, List<Fact> parts, Out out) {
    switch (content) {
      case EnumType type -> out.add("create type %s as enum (%s)", type(id), labels(type));
      case Domain domain -> out.add("%s", domain(id, domain, parts));
      case CompositeType type ->
          out.add(
              "create type %s as (%s)",
              type(id),
              type.attributes().isEmpty()
                  ? ""
                  : "\n  "
                      + String.join(
                          ",\n  ",
                          type.attributes().stream().map(PostgresqlRenderType::attribute).toList())
                      + "\n");
      case RangeType range -> {
        List<String> options = new ArrayList<>();
        range.options().forEach((name, value) -> options.add(name + " = " + value));
        out.add("create type %s as range (%s)", type(id), String.join(", ", options));
      }
      case DomainDefault value ->
          out.add("alter domain %s set default %s", type(id), value.expression());
      case DomainCheck check -> {
        if (!isSwapped(id, out)) {
          addCheck(id, check, out);
        }
      }
    }
  }

  /**
   * Whether the domain of a check makes room for a new one, which has its checks from the start.
   */
  private static boolean isSwapped(FactId check, Out out) {
    FactId domain = check.within(Kind.DOMAIN, 2);
    return isMoved(domain, out)
        && checks(domain, out).stream()
            .flatMap(part -> out.to().dependencies(part.id()).stream())
            .allMatch(on -> on.equals(domain) || out.from().contains(on) || isMoved(on, out));
  }

  private static boolean isMoved(FactId type, Out out) {
    return PostgresqlTypeSwap.isMoved(type, out.from(), out.to());
  }

  private static List<Fact> checksOfNew(FactId id, TypeContent content, Out out) {
    return content instanceof Domain && isSwapped(id, out) ? checks(id, out) : List.of();
  }

  private static List<Fact> checks(FactId domain, Out out) {
    return out.to().within(domain, Kind.DOMAIN_CHECK);
  }

  private static void addCheck(FactId id, DomainCheck check, Out out) {
    boolean online =
        check.validated()
            && out.situation().style().online()
            && out.from().contains(id.within(Kind.DOMAIN, 2));
    out.add(
        "alter domain %s add constraint %s check %s%s",
        type(id),
        quote(id.name()),
        check.expression(),
        online || !check.validated() ? " not valid" : "");
    if (online) {
      out.alone("alter domain %s validate constraint %s", type(id), quote(id.name()));
    }
  }

  static void drop(FactId id, TypeContent content, Out out) {
    switch (content) {
      case DomainDefault ignored -> out.add("alter domain %s drop default", type(id));
      case DomainCheck ignored ->
          out.add("alter domain %s drop constraint %s", type(id), quote(id.name()));
      case Domain ignored -> out.add("drop domain %s", type(id));
      case EnumType ignored -> out.add("drop type %s", type(id));
      case CompositeType ignored -> out.add("drop type %s", type(id));
      case RangeType ignored -> out.add("drop type %s", type(id));
    }
  }

  static void alter(FactId id, TypeContent before, TypeContent after, List<Fact> parts, Out out) {
    if (PostgresqlTypeSwap.isNeeded(before, after)) {
      swap(id, before, after, parts, out);
      return;
    }
    switch (after) {
      case EnumType type -> addLabels(id, (EnumType) before, type, out);
      case Domain domain ->
          out.add("alter domain %s %s not null", type(id), domain.notNull() ? "set" : "drop");
      case CompositeType type -> alterAttributes(id, (CompositeType) before, type, out);
      case DomainDefault ignored -> create(id, after, List.of(), out);
      case DomainCheck ignored ->
          out.add("alter domain %s validate constraint %s", type(id), quote(id.name()));
      case RangeType ignored -> throw new IllegalArgumentException(id + " is replaced");
    }
  }

  /** The new type comes beside the old one, with what is made of it; then the columns turn. */
  private static void swap(
      FactId id, TypeContent before, TypeContent after, List<Fact> parts, Out out) {
    List<Fact> columns = parts.stream().filter(part -> part.kind() == Kind.COLUMN).toList();
    if (before instanceof RangeType && after instanceof RangeType) {
      replaceRange(id, after, columns, out);
      return;
    }
    moveAway(id, before, out);
    create(id, after, checksOfNew(id, after, out), out);
    List<String> old = new ArrayList<>(List.of(dropOld(id, before)));
    for (Fact part : parts) {
      if (part.content() instanceof TypeContent nested) {
        moveAway(part.id(), nested, out);
        create(part.id(), nested, checksOfNew(part.id(), nested, out), out);
        old.addFirst(dropOld(part.id(), nested));
      }
    }
    for (Fact column : columns) {
      String type = ((TableContent.Column) column.content()).type();
      PostgresqlRenderTable.alterColumn(
          column.id(),
          "type "
              + PostgresqlNames.type(type)
              + PostgresqlRenderTable.using(column.id(), type, type),
          out);
    }
    old.forEach(drop -> out.add("%s", drop));
  }

  private static void moveAway(FactId id, TypeContent type, Out out) {
    out.add("alter %s %s rename to %s", word(type), type(id), quote(old(id).name()));
  }

  private static String dropOld(FactId id, TypeContent type) {
    return "drop " + word(type) + " " + type(old(id));
  }

  private static FactId old(FactId id) {
    return id.withName(PostgresqlNames.invent(id.name(), "", "old"));
  }

  private static String word(TypeContent type) {
    return type instanceof Domain ? "domain" : "type";
  }

  /** The functions of a range type keep its name, so that the old one goes before the new comes. */
  private static void replaceRange(FactId id, TypeContent after, List<Fact> columns, Out out) {
    for (Fact column : columns) {
      String array = ((TableContent.Column) column.content()).type().endsWith("[]") ? "[]" : "";
      String text = "text" + array;
      PostgresqlRenderTable.alterColumn(
          column.id(), "type " + text + " using " + quote(column.id().name()) + "::" + text, out);
    }
    out.add("drop type %s", type(id));
    create(id, after, List.of(), out);
    for (Fact column : columns) {
      String type = PostgresqlNames.type(((TableContent.Column) column.content()).type());
      PostgresqlRenderTable.alterColumn(
          column.id(), "type " + type + " using " + quote(column.id().name()) + "::" + type, out);
    }
  }

  private static void addLabels(FactId id, EnumType before, EnumType after, Out out) {
    List<String> known = new ArrayList<>(before.labels());
    for (int i = 0; i < after.labels().size(); i++) {
      String label = after.labels().get(i);
      if (!known.contains(label)) {
        String place =
            i == known.size()
                ? ""
                : i == 0
                    ? " before " + literal(known.getFirst())
                    : " after " + literal(after.labels().get(i - 1));
        out.alone("alter type %s add value %s%s", type(id), literal(label), place);
        known.add(i, label);
      }
    }
  }

  private static void alterAttributes(
      FactId id, CompositeType before, CompositeType after, Out out) {
    String cascade = isTyped(id, out) ? " cascade" : "";
    for (Attribute attribute : before.attributes()) {
      if (!after.attributes().contains(attribute)) {
        out.add("alter type %s drop attribute %s%s", type(id), quote(attribute.name()), cascade);
      }
    }
    for (Attribute attribute : after.attributes()) {
      if (!before.attributes().contains(attribute)) {
        out.add("alter type %s add attribute %s%s", type(id), attribute(attribute), cascade);
      }
    }
  }

  private static boolean isTyped(FactId id, Out out) {
    return out.from().facts(Kind.TABLE).stream()
        .map(fact -> ((TableContent.Table) fact.content()).ofType())
        .anyMatch(type -> type != null && type.equals(PostgresqlNames.qualified(id)));
  }

  private static String labels(EnumType type) {
    return String.join(", ", type.labels().stream().map(PostgresqlNames::literal).toList());
  }

  private static String attribute(Attribute attribute) {
    return quote(attribute.name())
        + " "
        + type(attribute.type())
        + (attribute.collation() == null ? "" : " collate " + attribute.collation());
  }

  private static String domain(FactId id, Domain domain, List<Fact> parts) {
    StringBuilder text = new StringBuilder("create domain ");
    text.append(type(id)).append(" as ").append(type(domain.baseType()));
    if (domain.collation() != null) {
      text.append(" collate ").append(domain.collation());
    }
    for (Fact part : parts) {
      if (part.content() instanceof DomainDefault value) {
        text.append(" default ").append(value.expression());
      }
    }
    text.append(domain.notNull() ? " not null" : "");
    for (Fact part : parts) {
      if (part.content() instanceof DomainCheck check) {
        text.append("\n  constraint ").append(quote(part.id().name()));
        text.append(" check ").append(check.expression());
      }
    }
    return text.toString();
  }
}
