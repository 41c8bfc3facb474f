package dev.whimbrel.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a database recorded, read at one moment; immutable.
 *
 * @param layout the version of the history's own tables, 0 when there are none
 * @param revisions every applied revision by id
 * @param unfinished what was begun and not finished, oldest first
 * @param environment the label of the database, empty when it has none
 * @param remembered whether the last run lived to remember the schema it left
 */
public record History(
    int layout,
    Map<String, AppliedRevision> revisions,
    List<Unfinished> unfinished,
    String environment,
    boolean remembered) {
  public History {
    unfinished = List.copyOf(unfinished);
  }

  /** The history of a database that has none. */
  public static History none() {
    return new History(0, Map.of(), List.of(), "", false);
  }

  /** Whether the tables exist. */
  public boolean exists() {
    return layout > 0;
  }

  /** Whether nothing is applied and nothing was begun. */
  public boolean isEmpty() {
    return revisions.isEmpty() && unfinished.isEmpty();
  }

  public @Nullable AppliedRevision find(String id) {
    return revisions.get(id);
  }

  /**
   * The applied revisions that no other applied one revises or depends on, in order of their ids.
   */
  public List<String> heads() {
    Set<String> revised = new HashSet<>();
    for (AppliedRevision revision : revisions.values()) {
      if (!revision.isRepeatable()) {
        revised.addAll(revision.revises());
        revised.addAll(revision.depends());
      }
    }
    List<String> heads = new ArrayList<>();
    for (AppliedRevision revision : revisions.values()) {
      if (!revision.isRepeatable() && !revised.contains(revision.id())) {
        heads.add(revision.id());
      }
    }
    heads.sort(null);
    return heads;
  }

  /** These revisions and everything they revise or depend on, as far as it is applied. */
  public Set<String> ancestors(Iterable<String> ids) {
    Set<String> seen = new HashSet<>();
    Deque<String> todo = new ArrayDeque<>();
    for (String id : ids) {
      todo.add(id);
    }
    while (!todo.isEmpty()) {
      AppliedRevision revision = revisions.get(todo.remove());
      if (revision != null && seen.add(revision.id())) {
        todo.addAll(revision.revises());
        todo.addAll(revision.depends());
      }
    }
    return seen;
  }

  /** The same history after a revision was added. */
  public History with(AppliedRevision revision) {
    Map<String, AppliedRevision> more = new LinkedHashMap<>(revisions);
    more.put(revision.id(), revision);
    return new History(layout, more, unfinished, environment, remembered);
  }
}
