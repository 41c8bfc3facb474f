package dev.whimbrel.source;

import dev.whimbrel.schema.Fact;
import dev.whimbrel.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Statements that a front end has made, such as the DDL of entities. */
public final class StatementSource implements SchemaSource {
  private final String name;
  private final List<Statement> statements;
  private final Predicate<Fact> owned;
  private final ToIntFunction<SQLException> position;

  /**
   * A source.
   *
   * @param name such as {@code entities}
   * @param owned see {@link SchemaSource#owns}
   * @param position where the engine points within a statement: 1-based, 0 if it does not
   */
  public StatementSource(
      String name,
      List<Statement> statements,
      Predicate<Fact> owned,
      ToIntFunction<SQLException> position) {
    this.name = name;
    this.statements = List.copyOf(statements);
    this.owned = owned;
    this.position = position;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String checksum() {
    return SqlSource.hex(String.join(";\n", statements.stream().map(Statement::text).toList()));
  }

  @Override
  public void fill(Connection connection) {
    new SqlRun(connection, position).run(statements);
  }

  @Override
  public boolean owns(Fact fact) {
    return owned.test(fact);
  }
}
