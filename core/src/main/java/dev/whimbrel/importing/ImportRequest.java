package dev.whimbrel.importing;

import dev.whimbrel.sql.Lexis;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
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
 * @param command runs the other tool with arguments in a directory and gives what it prints; null
 *     where it can't be run
 */
public record ImportRequest(
    Path directory,
    String engine,
    Lexis lexis,
    List<Path> sql,
    List<Path> downgradeSql,
    Map<String, String> settings,
    @Nullable BiFunction<Path, List<String>, String> command) {
  public ImportRequest {
    sql = List.copyOf(sql);
    downgradeSql = List.copyOf(downgradeSql);
    settings = Map.copyOf(settings);
  }

  Optional<String> setting(String name) {
    return Optional.ofNullable(settings.get(name));
  }
}
