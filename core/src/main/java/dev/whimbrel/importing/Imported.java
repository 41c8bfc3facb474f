package dev.whimbrel.importing;

import dev.whimbrel.revision.Draft;
import dev.whimbrel.revision.Part;
import dev.whimbrel.revision.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was read from another tool's directory.
 *
 * @param revisions parents before children where the tool has an order
 * @param notes what a person should know, one line each
 * @param table the name of the tool's own table where the files say it, else empty
 */
public record Imported(List<One> revisions, List<String> notes, String table) {
  public Imported {
    revisions = List.copyOf(revisions);
    notes = List.copyOf(notes);
  }

  /**
   * One migration.
   *
   * @param draft the revision it becomes
   * @param key how the tool's own table names it
   * @param checksum as the tool computes it; empty where it has none
   * @param file where it was found, as users would write it
   * @param origin what its importer needs to compare checksums of several kinds, else null
   */
  public record One(
      Draft draft, String key, String checksum, String file, @Nullable Object origin) {
    One(Draft draft, String key, String checksum, String file) {
      this(draft, key, checksum, file, null);
    }

    private One empty() {
      List<String> summary = new ArrayList<>(draft.summary());
      summary.add("Its precondition did not hold, so it was recorded and never ran.");
      return with(summary, "", "");
    }

    private One with(Revision file) {
      Part down = file.downgrade();
      return with(draft.summary(), file.upgrade().sql(), down == null ? null : down.sql());
    }

    private One with(List<String> summary, String upgrade, @Nullable String downgrade) {
      Draft changed =
          new Draft(
              draft.id(),
              draft.revises(),
              draft.message(),
              draft.created(),
              draft.labels(),
              draft.depends(),
              draft.phase(),
              draft.generated(),
              summary,
              upgrade,
              downgrade);
      return new One(changed, key, checksum, file, origin);
    }
  }

  /** The same, where these have no SQL: what stands for nothing in the database does nothing. */
  public Imported without(Set<String> unrun) {
    List<One> kept = new ArrayList<>();
    for (One one : revisions) {
      kept.add(unrun.contains(one.draft().id()) ? one.empty() : one);
    }
    return new Imported(kept, notes, table);
  }

  /** The same, where migrations without SQL of their own have what was written into their files. */
  public Imported writtenByHand(List<Revision> files) {
    Map<String, Revision> byId = new HashMap<>();
    files.forEach(file -> byId.put(file.id(), file));
    List<One> all = new ArrayList<>();
    for (One one : revisions) {
      Revision file = byId.get(one.draft().id());
      all.add(file != null && one.draft().upgrade().isBlank() ? one.with(file) : one);
    }
    return new Imported(all, notes, table);
  }

  /** The same, where the first migration begins with this SQL. */
  public Imported beginningWith(String sql) {
    List<One> all = new ArrayList<>(revisions);
    for (int i = 0; i < all.size(); i++) {
      Draft draft = all.get(i).draft();
      if (draft.revises().isEmpty() && draft.depends().isEmpty()) {
        all.set(i, all.get(i).with(draft.summary(), sql + draft.upgrade(), draft.downgrade()));
        break;
      }
    }
    return new Imported(all, notes, table);
  }

  /** The migrations by their keys. */
  Map<String, One> byKey() {
    Map<String, One> byKey = new LinkedHashMap<>();
    revisions.forEach(one -> byKey.put(one.key(), one));
    return byKey;
  }
}
