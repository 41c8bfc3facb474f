package dev.whimbrel;

import java.nio.file.Path;
import java.util.List;

/**
 * How a migration is made from models; immutable.
 *
 * @param models what the schema shall be: {@code entities}, {@code file:PATH}, {@code db:URL} or
 *     {@code rev:ADDRESS}
 * @param directory what a relative path is relative to
 * @param renames what was renamed, such as {@code users.name=users.full_name}
 * @param drops what shall go though the models do not own it, such as {@code users}
 * @param offline each change in one plain statement, which may block users
 * @param strict refuse what cannot be expressed instead of listing it
 * @param platform whose own schemas and extensions do not count, such as {@code supabase}; empty
 *     for none
 */
public record Authoring(
    String models,
    Path directory,
    List<String> renames,
    List<String> drops,
    boolean offline,
    boolean strict,
    String platform) {
  public Authoring {
    renames = List.copyOf(renames);
    drops = List.copyOf(drops);
  }

  /** Online, nothing renamed. */
  public static Authoring of(String models, Path directory) {
    return new Authoring(models, directory, List.of(), List.of(), false, false, "");
  }
}
