package dev.whimbrel.importing;

import java.util.Set;

/**
 * A table that may be another tool's own.
 *
 * @param schema empty where the engine has none
 * @param name as the catalog spells it
 * @param columns in lower case
 */
public record ForeignTable(String schema, String name, Set<String> columns) {
  public ForeignTable {
    columns = Set.copyOf(columns);
  }

  boolean has(String... wanted) {
    return columns.containsAll(Set.of(wanted));
  }

  boolean isNamed(String wanted) {
    return name.equalsIgnoreCase(wanted) || toString().equalsIgnoreCase(wanted);
  }

  String quoted() {
    String table = '"' + name.replace("\"", "\"\"") + '"';
    return schema.isEmpty() ? table : '"' + schema.replace("\"", "\"\"") + "\"." + table;
  }

  @Override
  public String toString() {
    return schema.isEmpty() ? name : schema + "." + name;
  }
}
