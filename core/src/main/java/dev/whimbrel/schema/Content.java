package dev.whimbrel.schema;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a fact says beside its identity. Equality is meaning: contents are equal when no migration
 * is needed between them.
 *
 * <p>Types and expressions are the engine's own text, with every name qualified.
 */
public sealed interface Content
    permits Content.Namespace,
        Content.Extension,
        Content.Collation,
        Content.Publication,
        Content.PublicationTable,
        Content.PublicationSchema,
        Content.Options,
        Content.Comment,
        Content.Verbatim,
        TypeContent,
        TableContent,
        ConstraintContent,
        CodeContent,
        AccessContent {

  /** Other facts that this content names; they must exist before it does. */
  default Set<FactId> references() {
    return Set.of();
  }

  /** A schema, as {@code CREATE SCHEMA} makes it. */
  record Namespace() implements Content {}

  /**
   * An installed extension.
   *
   * @param version null if it is the one that the server installs by itself
   */
  record Extension(String schema, @Nullable String version) implements Content {
    @Override
    public Set<FactId> references() {
      return Set.of(FactId.of(Kind.NAMESPACE, schema));
    }
  }

  /**
   * A collation.
   *
   * @param options of {@code CREATE COLLATION}, such as {@code provider} and {@code locale}
   */
  record Collation(SortedMap<String, String> options) implements Content {
    public Collation {
      options = Contents.copy(options);
    }
  }

  /**
   * A publication.
   *
   * @param operations {@code insert}, {@code update}, {@code delete}, {@code truncate}
   * @param generatedColumns {@code none} or {@code stored}
   */
  record Publication(
      boolean allTables, List<String> operations, boolean viaRoot, String generatedColumns)
      implements Content {
    public Publication {
      operations = List.copyOf(operations);
    }
  }

  /** A table in a publication; no columns means all. */
  record PublicationTable(List<String> columns, @Nullable String where) implements Content {
    public PublicationTable {
      columns = List.copyOf(columns);
    }
  }

  /** All tables of a schema in a publication. */
  record PublicationSchema() implements Content {}

  /** Storage parameters and view options that are set, {@code toast.} ones included. */
  record Options(SortedMap<String, String> values) implements Content {
    public Options {
      values = Contents.copy(values);
    }
  }

  /** What {@code COMMENT ON} said. */
  record Comment(String text) implements Content {}

  /** An object known only by the statement that created it. */
  record Verbatim(String sql) implements Content {}
}
