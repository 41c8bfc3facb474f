package dev.whimbrel.spring;

import dev.whimbrel.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/whimbrel}: where the database is, and where this code would have it. */
@Endpoint(id = "whimbrel")
public final class WhimbrelEndpoint {
  private final Observation observation;

  WhimbrelEndpoint(Observation observation) {
    this.observation = observation;
  }

  /** The last answer; its names are those of {@code whimbrel status --json}. */
  @ReadOperation
  public Map<String, Object> status() {
    Observation.Seen seen = observation.seen();
    Map<String, Object> answer = new LinkedHashMap<>(seen.details());
    Result.Status status = seen.status();
    if (status != null) {
      answer.put("engine", status.database().engine());
      answer.put("url", status.database().url());
      answer.put("pending", status.pending().stream().map(WhimbrelEndpoint::revision).toList());
      answer.put("warnings", List.copyOf(status.warnings()));
    }
    return answer;
  }

  private static Map<String, Object> revision(Result.Revision revision) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("revision", revision.revision());
    fields.put("message", revision.message());
    fields.put("phase", revision.phase());
    return fields;
  }
}
