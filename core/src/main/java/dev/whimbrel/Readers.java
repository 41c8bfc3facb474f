package dev.whimbrel;

import dev.whimbrel.graph.Graph;
import dev.whimbrel.revision.Revision;
import java.util.Locale;

/**
 * What read the models the last time and what reads them now. A new version of it says other things
 * about the same classes.
 *
 * @param before name and version; empty if the models were never read
 * @param now the same
 * @param unchanged whether the classes and settings are certainly the same as then
 */
record Readers(String before, String now, boolean unchanged) {

  /** From {@code generated} of the newest revision that has it, and what the models say of it. */
  static Readers of(Graph graph, String tool) {
    String name = tool.substring(0, tool.indexOf(' ') + 1);
    String before = "";
    for (Revision revision : graph.revisions()) {
      String generated = revision.generated() == null ? "" : revision.generated();
      int at = name.isEmpty() ? -1 : generated.indexOf(", " + name);
      before = at < 0 ? before : generated.substring(at + 2);
    }
    return of(before, tool);
  }

  /** From both, such as {@code hibernate 7.4.13.Final, models 4e560ff08917}. */
  static Readers of(String before, String now) {
    String[] first = parts(before);
    String[] second = parts(now);
    return new Readers(first[0], second[0], !second[1].isEmpty() && second[1].equals(first[1]));
  }

  private static String[] parts(String tool) {
    String[] parts = tool.split(",", -1);
    return new String[] {parts[0].strip(), parts.length < 2 ? "" : parts[1].strip()};
  }

  private boolean isNew() {
    return !before.isEmpty() && !before.equals(now);
  }

  /** For the summary: the version, where nothing else can be the cause. */
  String cause() {
    return isNew() && unchanged ? ", all because of " + now + " after " + before : "";
  }

  /** For people; empty if the reader is the same as before. */
  String note() {
    if (!isNew()) {
      return "";
    }
    return unchanged
        ? String.format(
            Locale.ROOT,
            "No class changed since the last generated revision: all of this comes from %s, which"
                + " says other things than %s.",
            now,
            before)
        : String.format(
            Locale.ROOT,
            "The last generated revision came from %s, this one from %s: changes that nobody made"
                + " to a class come from that.",
            before,
            now);
  }
}
