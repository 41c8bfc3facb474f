package dev.whimbrel.cli.output;

import dev.whimbrel.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event in words for people.
 *
 * @param where whether it is part of a command's payload, or only logged
 * @param lines without line ends; none for an event that needs no words
 */
record EventText(Where where, List<String> lines) {

  /** Where the words belong. */
  enum Where {
    /** Stdout, of a command whose payload is its course. */
    PAYLOAD,
    /** Stderr. */
    LOG,
    /** Stderr, with {@code -v}. */
    DETAIL
  }

  static EventText of(Event event) {
    // These two are all of a run that finds nothing to do; a type switch is slow when first used.
    if (event instanceof Event.VersionsFound found) {
      return versions(found);
    }
    return event instanceof Event.UpToDate same ? upToDate(same) : words(event);
  }

  private static EventText words(Event event) {
    return switch (event) {
      case Event.VersionsFound e -> versions(e);
      case Event.UpToDate e -> upToDate(e);
      case Event.Ahead e ->
          payload(
              "✅ Database is ahead of these files (version: "
                  + Text.versions(e.current())
                  + "); nothing to do");
      case Event.RunStarted e -> started(e);
      case Event.RunFinished e -> finished(e);
      case Event.BackupStarted e ->
          payload(
              "🔄 Backing up first, since data are lost by: " + String.join(", ", e.revisions()));
      case Event.BackupFinished e -> payload("✅ Backup finished in " + Text.time(e.took()));
      case Event.RevisionStarted e -> revisionStarted(e);
      case Event.RevisionFinished e -> revisionFinished(e);
      case Event.StatementStarted e ->
          detail("statement " + e.index() + " of " + e.of() + ":", e.sql());
      case Event.StatementFinished e ->
          detail("statement " + e.index() + " of " + e.of() + ": " + Text.time(e.took()));
      case Event.Resuming e ->
          payload(
              "🔄 Interrupted run found! Resuming %s at statement %d..."
                  .formatted(e.revision(), e.statement()),
              "   " + e.what());
      case Event.WaitingForLock e -> waiting(e);
      case Event.OrphanFound e ->
          log(
              "⚠️ A session of an earlier run still works (%s); %s"
                  .formatted(holder(e.holder()), e.ended() ? "ended it" : "waiting for it"));
      case Event.Retrying e -> retrying(e);
      case Event.DriftFound e -> drift(e.differences());
      case Event.Verified e -> detail("verified: the database is at " + Text.versions(e.current()));
      case Event.Stamped e ->
          payload(
              "✅ Database stamped without running anything",
              "   Database was at version: " + Text.versions(e.from()),
              "   Database is now at version: " + Text.versions(e.to()));
      case Event.StillWaiting e ->
          log(
              "⏳ Database is at %s, waiting for %s (%s)"
                  .formatted(
                      Text.versions(e.current()),
                      Text.versions(e.latest()),
                      Text.time(e.waited())));
      case Event.Timed e -> detail("%s: %s".formatted(e.part(), Text.time(e.took())));
      case Event.Warning e -> log("⚠️ " + e.message());
    };
  }

  private static EventText versions(Event.VersionsFound found) {
    return payload(
        "📍 Current database version: " + Text.versions(found.current()),
        "📍 Latest migration version: " + Text.versions(found.latest()));
  }

  private static EventText upToDate(Event.UpToDate same) {
    return payload(
        "✅ Database is already up to date (version: " + Text.versions(same.current()) + ")");
  }

  private static EventText payload(String... lines) {
    return new EventText(Where.PAYLOAD, List.of(lines));
  }

  private static EventText log(String... lines) {
    return new EventText(Where.LOG, List.of(lines));
  }

  private static EventText detail(String... lines) {
    return new EventText(Where.DETAIL, List.of(lines));
  }

  private static EventText started(Event.RunStarted e) {
    return switch (e.direction()) {
      case UPGRADE ->
          payload(
              "🔄 New migration detected! Running database upgrade...",
              "   Upgrading from: " + Text.versions(e.from()),
              "   Upgrading to:   " + Text.versions(e.to()));
      case DOWNGRADE ->
          payload(
              "🔄 Running database downgrade...",
              "   Downgrading from: " + Text.versions(e.from()),
              "   Downgrading to:   " + Text.versions(e.to()));
    };
  }

  private static EventText finished(Event.RunFinished e) {
    String what =
        switch (e.direction()) {
          case UPGRADE -> "✅ Database migration completed successfully!";
          case DOWNGRADE -> "✅ Database downgrade completed successfully!";
        };
    return payload(what, "   Database is now at version: " + Text.versions(e.current()));
  }

  private static EventText revisionStarted(Event.RevisionStarted e) {
    return detail(
        "revision "
            + e.revision().revision()
            + " ("
            + e.number()
            + " of "
            + e.of()
            + "), "
            + Text.count(e.statements(), "statement"));
  }

  private static EventText revisionFinished(Event.RevisionFinished e) {
    String done =
        switch (e.direction()) {
          case UPGRADE -> "Applied";
          case DOWNGRADE -> "Took back";
        };
    String time = Text.time(Duration.ofMillis(e.applied().ms()));
    return payload("   " + done + " " + e.applied().revision() + " in " + time);
  }

  private static EventText waiting(Event.WaitingForLock e) {
    return log(
        "⏳ Another deployer is at work%s; waited %s of %s"
            .formatted(
                e.holder() == null ? "" : " (" + holder(e.holder()) + ")",
                Text.time(e.waited()),
                Text.time(e.limit())));
  }

  private static EventText retrying(Event.Retrying e) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "⏳ %s: %s; attempt %d of %d in %s"
            .formatted(e.revision(), e.reason(), e.attempt(), e.of(), Text.time(e.pause())));
    e.blockedBy().forEach(blocker -> lines.add("   blocked by " + holder(blocker)));
    return new EventText(Where.LOG, lines);
  }

  private static EventText drift(List<String> differences) {
    List<String> lines = new ArrayList<>();
    lines.add("⚠️ The schema is not what the last run left:");
    differences.forEach(difference -> lines.add("   " + difference));
    return new EventText(Where.LOG, lines);
  }

  private static String holder(Event.Holder holder) {
    StringBuilder text = new StringBuilder("pid " + holder.process());
    add(text, ", ", holder.application());
    add(text, ", from ", holder.host());
    add(text, ", since ", holder.since());
    add(text, ", ", Text.shortened(holder.query(), 80));
    return text.toString();
  }

  private static void add(StringBuilder text, String before, @Nullable Object value) {
    if (value != null && !value.toString().isBlank()) {
      text.append(before).append(value);
    }
  }
}
