package dev.whimbrel.cli.command;

import dev.whimbrel.Result;
import dev.whimbrel.cli.output.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Revisions on one line each, as Alembic's users know them. */
final class Listings {
  private Listings() {}

  /** {@code 04f23c4db7a1 -> 1a2b3c4d5e6f (head), Add new user fields}. */
  static String history(Result.Entry entry) {
    Result.Revision revision = entry.revision();
    if (revision.isRepeatable()) {
      return name(entry) + ", " + revision.message();
    }
    String from = revision.revises().isEmpty() ? "<base>" : String.join(", ", revision.revises());
    return from + " -> " + name(entry) + ", " + revision.message();
  }

  /** {@code 1a2b3c4d5e6f (billing) (head)}. */
  static String name(Result.Entry entry) {
    Result.Revision revision = entry.revision();
    StringBuilder line = new StringBuilder(revision.revision());
    if (!revision.labels().isEmpty()) {
      line.append(" (").append(String.join(", ", revision.labels())).append(')');
    }
    for (String mark : marks(entry)) {
      line.append(" (").append(mark).append(')');
    }
    return line.toString();
  }

  private static List<String> marks(Result.Entry entry) {
    List<String> marks = new ArrayList<>();
    if (entry.current()) {
      marks.add("current");
    }
    if (entry.head()) {
      marks.add(entry.effectiveHead() ? "head" : "head, depended on");
    }
    if (entry.revision().isRepeatable()) {
      marks.add("repeatable");
    }
    if (entry.branchPoint()) {
      marks.add("branchpoint");
    }
    if (entry.mergePoint()) {
      marks.add("mergepoint");
    }
    return marks;
  }

  static Map<String, @Nullable Object> fields(Result.Listing listing) {
    Map<String, @Nullable Object> fields = Fields.object();
    fields.put("revisions", listing.revisions().stream().map(Fields::entry).toList());
    return fields;
  }
}
