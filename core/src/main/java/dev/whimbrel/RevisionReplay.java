package dev.whimbrel;

import dev.whimbrel.dialect.Failures;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.graph.Graph;
import dev.whimbrel.graph.Move;
import dev.whimbrel.revision.Revision;
import dev.whimbrel.revision.Step;
import dev.whimbrel.source.Replay;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;

/** Applies the files' revisions to an empty scratch database, without their bookkeeping. */
final class RevisionReplay implements Replay {
  private final Graph graph;
  private final Failures failures;

  RevisionReplay(Graph graph, Failures failures) {
    this.graph = graph;
    this.failures = failures;
  }

  @Override
  public String checksum(String address) {
    return checksum(revisions(address));
  }

  /** As {@link #checksum(String)}, of these revisions. */
  String checksum(List<Revision> revisions) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Revision revision : revisions) {
        digest.update((revision.id() + ' ' + revision.checksum()).getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void fill(Connection connection, String address) throws SQLException {
    fill(connection, revisions(address));
  }

  /** Applies these revisions, in order. */
  void fill(Connection connection, List<Revision> revisions) throws SQLException {
    for (Revision revision : revisions) {
      for (Step step : revision.upgrade().steps()) {
        run(connection, step.statement());
      }
    }
  }

  private void run(Connection connection, dev.whimbrel.sql.Statement sql) throws SQLException {
    if (sql.data() != null) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql.text());
    } catch (SQLException e) {
      int position = failures.position(e);
      throw Problem.of(ErrorCode.E_SOURCE, "source.statement")
          .with("message", failures.message(e))
          .at(position > 0 ? sql.placeAt(position) : sql.place())
          .statement(sql.text(), position)
          .toException(e);
    }
  }

  private List<Revision> revisions(String address) {
    return graph.revisions().isEmpty() || address.equals("base")
        ? List.of()
        : graph.upgrade(List.of(), address).stream().map(Move::revision).toList();
  }
}
