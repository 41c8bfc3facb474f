package dev.whimbrel.sql;

import java.util.Map;

/** What to say about a command of psql, by the family it belongs to. */
final class MetaCommands {
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("\\i", "sql.meta-include"),
          Map.entry("\\ir", "sql.meta-include"),
          Map.entry("\\include", "sql.meta-include"),
          Map.entry("\\include_relative", "sql.meta-include"),
          Map.entry("\\c", "sql.meta-connect"),
          Map.entry("\\connect", "sql.meta-connect"),
          Map.entry("\\copy", "sql.meta-copy"),
          Map.entry("\\set", "sql.meta-variable"),
          Map.entry("\\unset", "sql.meta-variable"),
          Map.entry("\\gset", "sql.meta-variable"),
          Map.entry("\\if", "sql.meta-condition"),
          Map.entry("\\elif", "sql.meta-condition"),
          Map.entry("\\else", "sql.meta-condition"),
          Map.entry("\\endif", "sql.meta-condition"));

  private MetaCommands() {}

  static String key(String command) {
    return KEYS.getOrDefault(command, "sql.meta-other");
  }
}
