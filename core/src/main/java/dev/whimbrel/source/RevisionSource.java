package dev.whimbrel.source;

import dev.whimbrel.revision.Revision;
import dev.whimbrel.revision.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.ToIntFunction;

/** The schema after some revisions, replayed in their order. */
public final class RevisionSource implements SchemaSource {
  private final String name;
  private final List<Revision> revisions;
  private final ToIntFunction<SQLException> position;

  /**
   * A source.
   *
   * @param name such as {@code rev:head}
   * @param revisions each after its parents
   * @param position where the engine points within a statement: 1-based, 0 if it does not
   */
  public RevisionSource(
      String name, List<Revision> revisions, ToIntFunction<SQLException> position) {
    this.name = name;
    this.revisions = List.copyOf(revisions);
    this.position = position;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String checksum() {
    StringBuilder all = new StringBuilder();
    revisions.forEach(revision -> all.append(revision.checksum()).append('\n'));
    return SqlSource.hex(all.toString());
  }

  @Override
  public void fill(Connection connection) {
    SqlRun run = new SqlRun(connection, position);
    for (Revision revision : revisions) {
      for (Step step : revision.upgrade().steps()) {
        run.run(step.statement());
      }
    }
  }
}
