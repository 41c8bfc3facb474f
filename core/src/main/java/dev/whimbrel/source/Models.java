package dev.whimbrel.source;

import dev.whimbrel.schema.FactId;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The seam for entities: asks their framework for the statements that make their schema. */
@FunctionalInterface
public interface Models {
  /**
   * The statements, without terminators, for an empty database of an engine.
   *
   * @param engine such as {@code postgresql}
   * @param major its major version, 0 where it does not matter
   * @throws dev.whimbrel.error.WhimbrelException {@code E_SOURCE} if the models cannot be loaded
   */
  Generated generate(String engine, int major);

  /**
   * What a framework said.
   *
   * @param statements in the order in which they run
   * @param needs SQL for what the statements refer to without making it, such as extensions; empty
   *     if there is nothing, run only when they fail without
   * @param owns the facts that these models decide about; what they do not own, such as a view or a
   *     trigger written by hand, is no difference when only the revisions have it
   * @param origins where things come from, for messages: entity class by display name of the table
   * @param tool name and version, for the header of what is generated
   */
  record Generated(
      List<String> statements,
      String needs,
      Predicate<FactId> owns,
      Map<String, String> origins,
      String tool) {
    public Generated {
      statements = List.copyOf(statements);
      origins = Map.copyOf(origins);
    }

    /** All statements as one script. */
    public String script() {
      StringBuilder script = new StringBuilder();
      statements.forEach(statement -> script.append(statement).append(";\n"));
      return script.toString();
    }
  }
}
