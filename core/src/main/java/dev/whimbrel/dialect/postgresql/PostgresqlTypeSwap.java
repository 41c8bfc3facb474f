package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.TypeContent;
import java.util.ArrayList;
import java.util.List;

/** Tells when a type must make room for a new one of the same name. */
final class PostgresqlTypeSwap {
  private PostgresqlTypeSwap() {}

  /** Whether the engine cannot alter one into the other. */
  static boolean isNeeded(Content before, Content after) {
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
