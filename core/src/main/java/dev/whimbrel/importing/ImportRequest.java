package dev.whimbrel.importing;

import dev.whimbrel.scratch.ScratchServer;
import dev.whimbrel.sql.Lexis;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is to be read, and how.
 *
 * @param directory where the other tool's files are; for some tools one file
 * @param engine the engine of the revisions, such as {@code postgresql}
 * @param lexis how the engine's SQL is split
 * @param sql scripts that the other tool printed, to go up
 * @param downgradeSql scripts that the other tool printed, to go down
 * @param settings what the files don't say, by name
 * @param command runs the other tool; null where it can't be run
 * @param scratch opens a scratch server, for the caller to close
 */
public record ImportRequest(
    Path directory,
    String engine,
    Lexis lexis,
    List<Path> sql,
    List<Path> downgradeSql,
    Map<String, String> settings,
    @Nullable ForeignCommand command,
    Supplier<ScratchServer> scratch) {
  public ImportRequest {
    sql = List.copyOf(sql);
    downgradeSql = List.copyOf(downgradeSql);
    settings = Map.copyOf(settings);
  }

  /** Whether the other tool is to run its migrations on scratch, to be watched. */
  boolean observed() {
    return "true".equals(settings.get("observe"));
  }

  Optional<String> setting(String name) {
    return Optional.ofNullable(settings.get(name));
  }
}
