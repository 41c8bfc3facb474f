package dev.whimbrel;

import dev.whimbrel.importing.ForeignCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What another tool has, to be brought over.
 *
 * @param tool its word, such as {@code alembic}; {@link #tools()} has all
 * @param directory where its files are; for some tools one file
 * @param sql scripts that it printed, to go up; needed where its files are no SQL
 * @param downgradeSql scripts that it printed, to go down
 * @param settings what its files don't say, by name: {@code placeholder.NAME}, {@code contexts},
 *     {@code labels}, {@code table}, {@code platform}, {@code observe}, {@code FILE:NAME} for a
 *     value that Python computes, and Flyway's settings by their own names
 * @param command runs the tool; null where it can't be run
 * @param adopt whether the history is recorded too, once the schema is proven
 * @param write whether anything is written; without, everything is looked at and nothing changes
 */
public record Import(
    String tool,
    Path directory,
    List<Path> sql,
    List<Path> downgradeSql,
    Map<String, String> settings,
    @Nullable ForeignCommand command,
    boolean adopt,
    boolean write) {
  public Import {
    sql = List.copyOf(sql);
    downgradeSql = List.copyOf(downgradeSql);
    settings = Map.copyOf(settings);
  }

  /** The words of all tools. */
  public static List<String> tools() {
    return dev.whimbrel.importing.Importers.words();
  }
}
