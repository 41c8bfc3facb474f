package dev.whimbrel.schema;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Types. */
public sealed interface TypeContent extends Content {

  /** A type by itself; one of another kind may take its place under the same name. */
  sealed interface Whole extends TypeContent {}

  /** An enum with its labels in their order. */
  record EnumType(List<String> labels) implements Whole {
    public EnumType {
      labels = List.copyOf(labels);
    }
  }

  /**
   * A domain.
   *
   * @param collation qualified and quoted, null for that of the base type
   */
  record Domain(String baseType, @Nullable String collation, boolean notNull) implements Whole {}

  /** The default of a domain. */
  record DomainDefault(String expression) implements TypeContent {}

  /**
   * A check of a domain.
   *
   * @param expression with its parentheses, without the word CHECK
   */
  record DomainCheck(String expression, boolean validated) implements TypeContent {}

  /** A composite type that stands alone, with its attributes in their order. */
  record CompositeType(List<Attribute> attributes) implements Whole {
    public CompositeType {
      attributes = List.copyOf(attributes);
    }
  }

  /** One attribute of a composite type. */
  record Attribute(String name, String type, @Nullable String collation) {}

  /**
   * A range type.
   *
   * @param options of {@code CREATE TYPE … AS RANGE}: {@code subtype} and those that are not the
   *     default
   */
  record RangeType(SortedMap<String, String> options) implements Whole {
    public RangeType {
      options = Contents.copy(options);
    }
  }
}
