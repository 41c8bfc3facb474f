package dev.whimbrel.cli.output;

import dev.whimbrel.Event;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events as JSON objects, the name first: {@code {"event":"RevisionFinished",…}}. */
final class EventFields {
  private final Map<String, @Nullable Object> fields = Fields.object();

  private EventFields(Event event) {
    put("event", event.getClass().getSimpleName());
    add(event);
  }

  static Map<String, @Nullable Object> of(Event event) {
    return new EventFields(event).fields;
  }

  private EventFields put(String name, @Nullable Object value) {
    fields.put(name, value);
    return this;
  }

  private void add(Event event) {
    switch (event) {
      case Event.VersionsFound e -> versions(e.current(), e.latest());
      case Event.UpToDate e -> put("current", e.current());
      case Event.Ahead e -> versions(e.current(), e.latest());
      case Event.RunStarted e ->
          put("direction", e.direction())
              .put("from", e.from())
              .put("to", e.to())
              .put("revisions", Fields.revisions(e.revisions()));
      case Event.RunFinished e ->
          put("direction", e.direction())
              .put("current", e.current())
              .put("ms", e.took().toMillis());
      case Event.BackupStarted e -> put("revisions", e.revisions());
      case Event.BackupFinished e -> put("ms", e.took().toMillis());
      case Event.RevisionStarted e -> revisionStarted(e);
      case Event.RevisionFinished e -> {
        put("direction", e.direction());
        fields.putAll(Fields.applied(e.applied()));
        put("number", e.number()).put("of", e.of());
      }
      case Event.StatementStarted e ->
          put("revision", e.revision())
              .put("index", e.index())
              .put("of", e.of())
              .put("sql", e.sql())
              .put("transactional", e.transactional());
      case Event.StatementFinished e ->
          put("revision", e.revision())
              .put("index", e.index())
              .put("of", e.of())
              .put("ms", e.took().toMillis());
      case Event.Resuming e ->
          put("revision", e.revision()).put("statement", e.statement()).put("what", e.what());
      case Event.WaitingForLock e ->
          put("holder", e.holder() == null ? null : holder(e.holder()))
              .put("waitedMs", e.waited().toMillis())
              .put("limitMs", e.limit().toMillis());
      case Event.OrphanFound e -> put("session", holder(e.holder())).put("ended", e.ended());
      case Event.Retrying e -> retrying(e);
      case Event.DriftFound e -> put("differences", e.differences());
      case Event.Verified e -> put("current", e.current());
      case Event.Stamped e -> put("from", e.from()).put("to", e.to());
      case Event.StillWaiting e -> {
        put("state", e.state());
        versions(e.current(), e.latest());
        put("waitedMs", e.waited().toMillis());
      }
      case Event.Timed e -> put("part", e.part()).put("ms", e.took().toMillis());
      case Event.Warning e -> put("message", e.message());
    }
  }

  private void revisionStarted(Event.RevisionStarted e) {
    put("direction", e.direction())
        .put("revision", e.revision().revision())
        .put("message", e.revision().message())
        .put("number", e.number())
        .put("of", e.of())
        .put("statements", e.statements());
  }

  private void retrying(Event.Retrying e) {
    put("revision", e.revision())
        .put("attempt", e.attempt())
        .put("of", e.of())
        .put("pauseMs", e.pause().toMillis())
        .put("reason", e.reason())
        .put("blockedBy", e.blockedBy().stream().map(EventFields::holder).toList());
  }

  private void versions(List<String> current, List<String> latest) {
    put("current", current).put("latest", latest);
  }

  private static Map<String, @Nullable Object> holder(Event.Holder holder) {
    Map<String, @Nullable Object> fields = Fields.object();
    fields.put("process", holder.process());
    fields.put("application", holder.application());
    fields.put("host", holder.host());
    fields.put("since", holder.since());
    fields.put("query", holder.query());
    return fields;
  }
}
