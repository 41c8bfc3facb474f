package dev.whimbrel.spring;

import dev.whimbrel.Event;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** Writes what happens to the application's log, one event a line. */
final class EventLog implements Consumer<Event> {
  private static final Log LOG = LogFactory.getLog("dev.whimbrel");

  @Override
  public void accept(Event event) {
    switch (event) {
      case Event.VersionsFound e ->
          LOG.info(
              "Database version: %s, latest migration version: %s"
                  .formatted(versions(e.current()), versions(e.latest())));
      case Event.UpToDate e ->
          LOG.info("Database is already up to date (version: " + versions(e.current()) + ")");
      case Event.Ahead e ->
          LOG.info("Database is ahead of this application (" + versions(e.current()) + ")");
      case Event.RunStarted e ->
          LOG.info(
              "Running database %s from %s to %s"
                  .formatted(direction(e.direction()), versions(e.from()), versions(e.to())));
      case Event.RunFinished e ->
          LOG.info(
              "Database %s completed; it is now at version: %s (%d ms)"
                  .formatted(direction(e.direction()), versions(e.current()), e.took().toMillis()));
      case Event.BackupStarted e ->
          LOG.info("Backing up first, since data are lost by: " + String.join(", ", e.revisions()));
      case Event.BackupFinished e -> LOG.info("Backup finished in " + e.took().toMillis() + " ms");
      case Event.RevisionStarted e -> LOG.debug("Revision " + e.revision().revision());
      case Event.RevisionFinished e ->
          LOG.info(
              "Revision %s (%d of %d) in %d ms"
                  .formatted(e.applied().revision(), e.number(), e.of(), e.applied().ms()));
      case Event.StatementStarted e -> LOG.debug(e.sql());
      case Event.StatementFinished e ->
          LOG.debug("Statement %d of %d".formatted(e.index(), e.of()));
      case Event.Resuming e ->
          LOG.warn(
              "Resuming interrupted revision %s at statement %d: %s"
                  .formatted(e.revision(), e.statement(), e.what()));
      case Event.WaitingForLock e ->
          LOG.info("Another deployer is at work" + holder(e.holder()) + "; waiting");
      case Event.OrphanFound e ->
          LOG.warn("A session of an earlier run still works" + holder(e.holder()));
      case Event.Retrying e ->
          LOG.warn(
              "Revision %s: %s; attempt %d of %d"
                  .formatted(e.revision(), e.reason(), e.attempt(), e.of()));
      case Event.DriftFound e ->
          LOG.warn("The schema is not what the last run left: " + e.differences());
      case Event.Verified e -> LOG.debug("Verified: " + versions(e.current()));
      case Event.Stamped e -> LOG.info("Database stamped as " + versions(e.to()));
      case Event.StillWaiting e ->
          LOG.info(
              "Database is at %s, waiting for %s (%d s)"
                  .formatted(versions(e.current()), versions(e.latest()), e.waited().toSeconds()));
      case Event.Timed e -> LOG.debug(e.part() + ": " + e.took().toMillis() + " ms");
      case Event.Warning e -> LOG.warn(e.message());
    }
  }

  static String versions(List<String> ids) {
    return ids.isEmpty() ? "None" : String.join(", ", ids);
  }

  private static String direction(Event.Direction direction) {
    return switch (direction) {
      case UPGRADE -> "upgrade";
      case DOWNGRADE -> "downgrade";
    };
  }

  private static String holder(Event.@Nullable Holder holder) {
    return holder == null ? "" : " (pid %d, %s)".formatted(holder.process(), holder.application());
  }
}
