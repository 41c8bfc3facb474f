package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TypeContent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells when a type must make room for a new one of the same name. */
final class PostgresqlTypeSwap {
  /** Each type has a name of its own among all kinds. */
  static final Set<Kind> KINDS = EnumSet.of(Kind.ENUM, Kind.DOMAIN, Kind.COMPOSITE, Kind.RANGE);

  private PostgresqlTypeSwap() {}

  /** The types whose name belongs to a type of another kind in the second schema. */
  static Map<FactId, FactId> counterparts(Schema from, Schema to) {
    Map<FactId, FactId> found = new HashMap<>();
    for (Kind kind : KINDS) {
      for (Fact type : from.facts(kind)) {
        if (!to.contains(type.id())) {
          KINDS.stream()
              .map(type.id()::as)
              .filter(to::contains)
              .forEach(other -> found.put(type.id(), other));
        }
      }
    }
    return found;
  }

  /** The content of the type that has this name, of whatever kind. */
  private static Optional<Content> named(FactId name, Schema schema) {
    return KINDS.stream()
        .flatMap(kind -> schema.find(name.as(kind)).stream())
        .map(Fact::content)
        .findFirst();
  }

  /** Whether a type makes room for another one of its name, of whatever kind. */
  static boolean isSwapped(FactId name, Schema from, Schema to) {
    Optional<Content> before = KINDS.contains(name.kind()) ? named(name, from) : Optional.empty();
    Optional<Content> after = before.isEmpty() ? Optional.empty() : named(name, to);
    return before.isPresent() && after.isPresent() && isNeeded(before.get(), after.get());
  }

  /** Whether a type makes room for another one, be it its like on a type that does. */
  static boolean isMoved(FactId name, Schema from, Schema to) {
    return isSwapped(name, from, to)
        || (to.find(name).filter(PostgresqlTypeSwap::isNested).isPresent()
            && to.find(name).equals(from.find(name))
            && to.dependencies(name).stream()
                .anyMatch(on -> KINDS.contains(on.kind()) && isMoved(on, from, to)));
  }

  /** Whether a type that is made of another one makes room with it. */
  static boolean isNested(Fact type) {
    return type.kind() == Kind.DOMAIN || type.kind() == Kind.COMPOSITE;
  }

  /** Whether the engine cannot alter one into the other. */
  static boolean isNeeded(Content before, Content after) {
    if (!before.getClass().equals(after.getClass())) {
      return true;
    }
    return switch ((TypeContent) before) {
      case TypeContent.EnumType type ->
          !isWithin(type.labels(), ((TypeContent.EnumType) after).labels());
      case TypeContent.Domain domain -> {
        TypeContent.Domain other = (TypeContent.Domain) after;
        yield !domain.baseType().equals(other.baseType())
            || !java.util.Objects.equals(domain.collation(), other.collation());
      }
      case TypeContent.CompositeType type ->
          !isAlterable(type.attributes(), ((TypeContent.CompositeType) after).attributes());
      case TypeContent.RangeType type -> !type.equals(after);
      case TypeContent.DomainDefault ignored -> false;
      case TypeContent.DomainCheck ignored -> false;
    };
  }

  /** Whether all labels stay, in their order. */
  private static boolean isWithin(List<String> before, List<String> after) {
    List<String> kept = new ArrayList<>(after);
    kept.retainAll(before);
    return kept.equals(before);
  }

  /** Whether attributes only go, or come at the end. */
  private static boolean isAlterable(
      List<TypeContent.Attribute> before, List<TypeContent.Attribute> after) {
    List<TypeContent.Attribute> kept = new ArrayList<>(before);
    kept.retainAll(after);
    return after.size() >= kept.size()
        && after.subList(0, kept.size()).equals(kept)
        && after.stream()
            .skip(kept.size())
            .noneMatch(added -> before.stream().anyMatch(old -> old.name().equals(added.name())));
  }
}
