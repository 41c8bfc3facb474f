package dev.whimbrel.dialect.postgresql;

import static dev.whimbrel.dialect.postgresql.PostgresqlNames.object;
import static dev.whimbrel.dialect.postgresql.PostgresqlNames.quote;
import static dev.whimbrel.dialect.postgresql.PostgresqlNames.relation;

import dev.whimbrel.dialect.postgresql.PostgresqlRender.Out;
import dev.whimbrel.schema.CodeContent;
import dev.whimbrel.schema.CodeContent.Aggregate;
import dev.whimbrel.schema.CodeContent.EventTrigger;
import dev.whimbrel.schema.CodeContent.Firing;
import dev.whimbrel.schema.CodeContent.FiringMode;
import dev.whimbrel.schema.CodeContent.MaterializedView;
import dev.whimbrel.schema.CodeContent.Routine;
import dev.whimbrel.schema.CodeContent.Rule;
import dev.whimbrel.schema.CodeContent.Statistics;
import dev.whimbrel.schema.CodeContent.Trigger;
import dev.whimbrel.schema.CodeContent.View;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Views, routines, triggers, rules and statistics. */
final class PostgresqlRenderCode {
  private PostgresqlRenderCode() {}

  static void create(FactId id, CodeContent content, List<Fact> parts, Out out) {
    switch (content) {
      case View view -> view("create view", id, view, options(parts), out);
      case MaterializedView view -> {
        String method =
            view.accessMethod() == null || view.accessMethod().equals("heap")
                ? ""
                : " using " + quote(view.accessMethod());
        out.add(
            "create materialized view %s%s%s as\n%s",
            relation(id), method, with(options(parts)), view.definition().strip());
      }
      case Routine routine -> routine("create", id, routine, out);
      case Aggregate aggregate -> aggregate(id, aggregate, out);
      case Trigger trigger -> trigger("create", id, trigger, out);
      case Rule rule -> rule("create", id, rule, out);
      case EventTrigger trigger -> eventTrigger(id, trigger, out);
      case Firing firing -> fire(id.target(), firing.mode(), out);
      case Statistics statistics -> statistics(id, statistics, out);
    }
  }

  static void drop(FactId id, CodeContent content, Out out) {
    if (content instanceof Firing) {
      fire(id.target(), above(id.target(), out), out);
    } else {
      out.add("drop %s", object(id, out.from()));
    }
  }

  static void alter(FactId id, CodeContent before, CodeContent after, Out out) {
    switch (after) {
      case View view ->
          view(
              "create or replace view",
              id,
              view,
              out.to().find(FactId.on(Kind.OPTIONS, id), Content.Options.class),
              out);
      case MaterializedView view ->
          out.add(
              "alter materialized view %s set access method %s",
              relation(id), quote(Objects.requireNonNullElse(view.accessMethod(), "heap")));
      case Routine routine -> routine("create or replace", id, routine, out);
      case Trigger trigger -> trigger("create or replace", id, trigger, out);
      case Rule rule -> rule("create or replace", id, rule, out);
      case Firing firing -> fire(id.target(), firing.mode(), out);
      case Statistics statistics -> target(id, statistics, out);
      case Aggregate ignored -> throw new IllegalArgumentException(before + " is recreated");
      case EventTrigger ignored -> throw new IllegalArgumentException(before + " is recreated");
    }
  }

  private static Optional<Content.Options> options(List<Fact> parts) {
    return parts.stream()
        .map(Fact::content)
        .filter(Content.Options.class::isInstance)
        .map(Content.Options.class::cast)
        .findFirst();
  }

  private static String with(Optional<Content.Options> options) {
    return options.map(found -> PostgresqlRenderConstraint.with(found.values())).orElse("");
  }

  private static void view(
      String verb, FactId id, View view, Optional<Content.Options> options, Out out) {
    out.add("%s %s%s as\n%s", verb, relation(id), with(options), view.definition().strip());
  }

  private static void routine(String verb, FactId id, Routine routine, Out out) {
    out.add(
        "%s %s %s(%s)\n%s",
        verb,
        routine.procedure() ? "procedure" : "function",
        PostgresqlNames.qualified(id),
        routine.arguments(),
        routine.definition());
  }

  private static void aggregate(FactId id, Aggregate aggregate, Out out) {
    List<String> options = new ArrayList<>();
    aggregate
        .options()
        .forEach((name, value) ->
            options.add(name.toLowerCase(Locale.ROOT) + (value.isEmpty() ? "" : " = " + value)));
    out.add(
        "create aggregate %s (\n  %s\n)",
        PostgresqlNames.routine(id), String.join(",\n  ", options));
  }

  private static void trigger(String verb, FactId id, Trigger trigger, Out out) {
    out.add(
        "%s %s %s %s on %s\n  %s",
        verb,
        trigger.constraint() ? "constraint trigger" : "trigger",
        quote(id.name()),
        trigger.events(),
        relation(id),
        trigger.action());
  }

  private static void rule(String verb, FactId id, Rule rule, Out out) {
    out.add(
        "%s rule %s as on %s to %s %s",
        verb, quote(id.name()), rule.event().toLowerCase(Locale.ROOT), relation(id), rule.action());
  }

  private static void eventTrigger(FactId id, EventTrigger trigger, Out out) {
    String tags =
        trigger.tags().isEmpty()
            ? ""
            : " when tag in ("
                + String.join(", ", trigger.tags().stream().map(PostgresqlNames::literal).toList())
                + ")";
    out.add(
        "create event trigger %s on %s%s execute function %s()",
        quote(id.name()), trigger.event(), tags, trigger.function());
  }

  /** How the trigger of the partitioned table fires, which a partition's follows. */
  private static @Nullable FiringMode above(FactId trigger, Out out) {
    if (trigger.kind() != Kind.TRIGGER || out.to().contains(trigger)) {
      return null;
    }
    FactId table = trigger.within(Kind.TABLE, 2);
    for (FactId parent : PostgresqlInheritance.parents(table, out.to())) {
      FactId above = FactId.of(Kind.TRIGGER, parent.segment(0), parent.segment(1), trigger.name());
      Optional<Firing> firing = out.to().find(FactId.on(Kind.FIRING, above), Firing.class);
      return firing.map(Firing::mode).orElseGet(() -> above(above, out));
    }
    return null;
  }

  /** Sets when a trigger or rule fires; null for as usual. */
  private static void fire(FactId id, @Nullable FiringMode mode, Out out) {
    String verb =
        mode == null
            ? "enable"
            : switch (mode) {
              case ORIGIN -> "enable";
              case DISABLED -> "disable";
              case REPLICA -> "enable replica";
              case ALWAYS -> "enable always";
            };
    if (id.kind() == Kind.EVENT_TRIGGER) {
      out.add("alter event trigger %s %s", quote(id.name()), verb);
    } else {
      out.add(
          "alter table %s %s %s %s",
          relation(id), verb, id.kind() == Kind.RULE ? "rule" : "trigger", quote(id.name()));
    }
  }

  private static void statistics(FactId id, Statistics statistics, Out out) {
    out.add(
        "create statistics %s%s on %s from %s",
        relation(id),
        statistics.kinds().isEmpty() ? "" : " (" + String.join(", ", statistics.kinds()) + ")",
        statistics.expressions(),
        relation(statistics.table()));
    if (statistics.target() != null) {
      target(id, statistics, out);
    }
  }

  private static void target(FactId id, Statistics statistics, Out out) {
    int target = statistics.target() == null ? -1 : statistics.target();
    out.add("alter statistics %s set statistics %s", relation(id), Integer.toString(target));
  }
}
