package dev.whimbrel.diff;

import dev.whimbrel.change.RenameCandidate;
import dev.whimbrel.diff.DiffStrategy.Sides;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TypeContent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what goes and what comes with the same content. */
final class RenameSearch {
  private static final Set<Kind> ALONE =
      EnumSet.of(
          Kind.COLUMN,
          Kind.ENUM,
          Kind.COMPOSITE,
          Kind.SEQUENCE,
          Kind.VIEW,
          Kind.MATERIALIZED_VIEW,
          Kind.TRIGGER,
          Kind.POLICY);

  /** More pairs of tables than this are not compared column by column. */
  private static final int MOST_PAIRS = 2500;

  private record Shape(FactId owner, Content content) {}

  private RenameSearch() {}

  static List<RenameCandidate> candidates(Sides sides) {
    List<RenameCandidate> found = new ArrayList<>(tables(sides));
    found.addAll(labels(sides));
    for (Kind kind : ALONE) {
      Map<Shape, List<FactId>> come = new HashMap<>();
      for (Fact fact : only(sides.to(), sides.from(), kind)) {
        come.computeIfAbsent(shape(fact), key -> new ArrayList<>()).add(fact.id());
      }
      if (!come.isEmpty()) {
        for (Fact fact : only(sides.from(), sides.to(), kind)) {
          come.getOrDefault(shape(fact), List.of())
              .forEach(other -> found.add(RenameCandidate.of(fact.id(), other)));
        }
      }
    }
    return found;
  }

  /** Labels of an enum that stand where another one stood. */
  private static List<RenameCandidate> labels(Sides sides) {
    List<RenameCandidate> found = new ArrayList<>();
    for (Fact fact : sides.from().facts(Kind.ENUM)) {
      if (!(fact.content() instanceof TypeContent.EnumType type)) {
        continue;
      }
      List<String> before = type.labels();
      List<String> after =
          sides
              .to()
              .find(fact.id(), TypeContent.EnumType.class)
              .map(TypeContent.EnumType::labels)
              .orElse(List.of());
      for (int i = 0; i < before.size() && before.size() == after.size(); i++) {
        if (!after.contains(before.get(i)) && !before.contains(after.get(i))) {
          String prefix = fact.id().display() + ".";
          found.add(new RenameCandidate(fact.id(), prefix + before.get(i), prefix + after.get(i)));
        }
      }
    }
    return found;
  }

  private static List<RenameCandidate> tables(Sides sides) {
    List<Fact> gone = only(sides.from(), sides.to(), Kind.TABLE);
    List<Fact> come = only(sides.to(), sides.from(), Kind.TABLE);
    List<RenameCandidate> found = new ArrayList<>();
    if ((long) gone.size() * come.size() <= MOST_PAIRS) {
      for (Fact before : gone) {
        for (Fact after : come) {
          if (before.content().equals(after.content()) && isAlike(before, after, sides)) {
            found.add(RenameCandidate.of(before.id(), after.id()));
          }
        }
      }
    }
    return found;
  }

  /** Whether more than half of all columns are in both. */
  private static boolean isAlike(Fact before, Fact after, Sides sides) {
    Set<Object> left = columns(sides.from(), before.id());
    Set<Object> both = columns(sides.to(), after.id());
    int all = left.size() + both.size();
    both.retainAll(left);
    return 4 * both.size() > all;
  }

  private static Set<Object> columns(Schema schema, FactId table) {
    Set<Object> found = new HashSet<>();
    for (Fact column : schema.within(table, Kind.COLUMN)) {
      found.add(List.of(column.id().name(), column.content()));
    }
    return found;
  }

  private static List<Fact> only(Schema one, Schema other, Kind kind) {
    return one.facts(kind).stream().filter(fact -> !other.contains(fact.id())).toList();
  }

  /** The content and where it lives; a column counts only where its table stays. */
  private static Shape shape(Fact fact) {
    FactId id = fact.id();
    return new Shape(
        id.kind() == Kind.COLUMN || id.kind() == Kind.TRIGGER || id.kind() == Kind.POLICY
            ? id.withName("")
            : FactId.of(Kind.NAMESPACE, id.segment(0)),
        fact.content());
  }
}
