package dev.whimbrel;

import dev.whimbrel.apply.Cancellation;
import dev.whimbrel.apply.Locked;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.graph.Graph;
import dev.whimbrel.history.AppliedRevision;
import dev.whimbrel.history.History;
import dev.whimbrel.history.JournalEntry;
import dev.whimbrel.history.Unfinished;
import dev.whimbrel.plan.Planner;
import dev.whimbrel.revision.Revision;
import dev.whimbrel.scratch.ScratchServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code stamp}: says where a database is, without running anything. */
final class StampCommand {
  private final Setup setup;
  private final Cancellation cancellation;
  private final Dialect dialect;
  private final Sources sources;
  private final String run = Setup.newRun();

  StampCommand(Setup setup, Cancellation cancellation) {
    this.setup = setup;
    this.cancellation = cancellation;
    this.dialect = setup.dialect();
    this.sources = Sources.read(setup, dialect);
  }

  Result.Stamp run(List<String> addresses, boolean purge, boolean force) {
    try (Looking looking = Looking.open(setup, dialect, "whimbrel stamp")) {
      return locked(looking, addresses, purge, force);
    }
  }

  private Result.Stamp locked(
      Looking looking, List<String> addresses, boolean purge, boolean force) {
    try (Locked lock =
        Locked.take(
            dialect,
            looking.url(),
            looking.tables().home(),
            run,
            setup.limits(),
            new Observed(setup),
            cancellation)) {
      History before = looking.see().history();
      Set<String> wanted = wanted(addresses, purge ? History.none() : before);
      if (!force) {
        compare(looking, wanted);
      }
      lock.check();
      write(looking, before, wanted, purge);
      History after = looking.see().history();
      setup.tell(new Event.Stamped(before.heads(), after.heads()));
      return new Result.Stamp(looking.database(), before.heads(), after.heads());
    } catch (SQLException e) {
      throw looking.failure(e);
    }
  }

  /** Refuses a place whose schema the database does not have; nothing is asked of base. */
  private void compare(Looking looking, Set<String> wanted) throws SQLException {
    Graph graph = sources.graph();
    if (wanted.isEmpty()) {
      return;
    }
    SchemaWork work = new SchemaWork(setup, dialect);
    try (ScratchServer server = work.server(work.major(looking.connection()))) {
      Places places = new Places(looking, graph, server);
      List<String> place = List.copyOf(graph.headsOf(wanted));
      places.at(List.copyOf(graph.heads()));
      for (String id : place) {
        places.at(List.copyOf(graph.find(id).orElseThrow().revises()));
      }
      Result.Candidate candidate = places.compare(place);
      if (!candidate.equal()) {
        throw Problem.of(ErrorCode.E_DIVERGED, "stamp.other")
            .with("revision", String.join(", ", place))
            .with("differences", Refusals.shorten(candidate.differences()).replace("\n", "\n  "))
            .toException();
      }
    } catch (WhimbrelException e) {
      if (e.code() != ErrorCode.E_SCRATCH) {
        throw e;
      }
      throw Problem.of(ErrorCode.E_SCRATCH, "stamp.unchecked")
          .with("reason", e.problem().problem())
          .toException(e);
    }
  }

  private Set<String> wanted(List<String> addresses, History before) {
    Graph graph = sources.graph();
    List<String> current = new ArrayList<>();
    for (String head : before.heads()) {
      if (graph.find(head).isPresent()) {
        current.add(head);
      }
    }
    Set<String> ids = new LinkedHashSet<>();
    for (String address : addresses) {
      for (Revision revision : graph.resolve(address, current)) {
        ids.add(revision.id());
      }
    }
    return graph.ancestors(ids);
  }

  /** What ran again and again did so, wherever the versions are; without a file it is forgotten. */
  private boolean stays(AppliedRevision applied, Set<String> wanted) {
    boolean file = sources.graph().find(applied.id()).isPresent();
    return wanted.contains(applied.id()) || (applied.isRepeatable() && file && !wanted.isEmpty());
  }

  /** Rows that stay are left alone, so that what they tell about their run is kept. */
  private void write(Looking looking, History before, Set<String> wanted, boolean purge)
      throws SQLException {
    Bookkeeping books = new Bookkeeping(setup, looking);
    books.checkEnvironment(before);
    books.prepare(before, List.of());
    Planner planner = new Planner(dialect, sources.graph(), setup.stamp());
    List<String> sql = new ArrayList<>();
    for (AppliedRevision applied : before.revisions().values()) {
      if (purge || !stays(applied, wanted)) {
        sql.add(looking.tables().delete(applied.id()));
      }
    }
    for (Revision revision : sources.graph().revisions()) {
      boolean there = !purge && before.find(revision.id()) != null;
      if (wanted.contains(revision.id()) && !there) {
        sql.addAll(looking.tables().record(planner.row(revision)));
      }
    }
    for (Unfinished unfinished : before.unfinished()) {
      sql.add(journal(looking, JournalEntry.Event.ABANDONED, unfinished.revision()));
    }
    sql.add(journal(looking, JournalEntry.Event.STAMPED, ""));
    books.transaction(sql);
    books.remember(looking.see().history(), sources);
  }

  private String journal(Looking looking, JournalEntry.Event event, String revision) {
    return looking.tables().insert(new JournalEntry(run, event, revision, 0, ""));
  }
}
