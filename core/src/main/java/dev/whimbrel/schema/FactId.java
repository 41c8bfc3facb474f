package dev.whimbrel.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a fact: what it is about, and the names that lead to it, unquoted.
 *
 * <p>Ordered by kind, then by path, segment by segment; this is the canonical order.
 *
 * @param kind what the fact is about
 * @param path the names, outermost first, as {@link Kind} documents them
 */
public record FactId(Kind kind, List<String> path) implements Comparable<FactId> {
  public FactId {
    path = List.copyOf(path);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a path names something");
    }
  }

  public static FactId of(Kind kind, String... path) {
    return new FactId(kind, List.of(path));
  }

  /**
   * The identity of something attached to {@code target}, such as its comment.
   *
   * @param rest for a grant: grantee and privilege
   */
  public static FactId on(Kind kind, FactId target, String... rest) {
    if (!kind.isAttached()) {
      throw new IllegalArgumentException(kind + " is not attached to anything");
    }
    List<String> path = new ArrayList<>();
    path.add(target.kind.name());
    path.addAll(target.path);
    path.addAll(Arrays.asList(rest));
    return new FactId(kind, path);
  }

  /**
   * What an attached fact is about.
   *
   * @throws IllegalStateException if the kind is not attached
   */
  public FactId target() {
    if (!kind.isAttached()) {
      throw new IllegalStateException(this + " is not attached to anything");
    }
    int rest = kind == Kind.GRANT ? 2 : 0;
    return new FactId(Kind.valueOf(path.getFirst()), path.subList(1, path.size() - rest));
  }

  /** The last name of the path. */
  public String name() {
    return path.getLast();
  }

  /** The {@code index}th name of the path, 0-based. */
  public String segment(int index) {
    return path.get(index);
  }

  /** This identity with another last name. */
  public FactId withName(String name) {
    List<String> renamed = new ArrayList<>(path);
    renamed.set(path.size() - 1, name);
    return new FactId(kind, renamed);
  }

  /** Another kind of fact with the same path, such as the default of a column. */
  public FactId as(Kind other) {
    return new FactId(other, path);
  }

  /** The fact of {@code outer} that the first {@code segments} names of this path lead to. */
  public FactId within(Kind outer, int segments) {
    return new FactId(outer, path.subList(0, segments));
  }

  /**
   * What this fact may live in or be about, innermost first. It names candidates: a column lives in
   * a table, a view or a composite type, and only one of them exists.
   */
  public Set<FactId> enclosing() {
    Set<FactId> found = new LinkedHashSet<>();
    switch (kind.scope()) {
      case DATABASE -> {}
      case NAMESPACE -> found.add(within(Kind.NAMESPACE, 1));
      case RELATION -> addRelation(found);
      case COLUMN -> {
        found.add(within(Kind.COLUMN, 3));
        addRelation(found);
      }
      case DOMAIN -> addWithNamespace(found, within(Kind.DOMAIN, 2));
      case SEQUENCE -> addWithNamespace(found, within(Kind.SEQUENCE, 2));
      case PUBLICATION -> {
        found.add(within(Kind.PUBLICATION, 1));
        List<String> member = path.subList(1, path.size());
        found.add(new FactId(kind == Kind.PUBLICATION_TABLE ? Kind.TABLE : Kind.NAMESPACE, member));
      }
      case ATTACHED -> addWithNamespace(found, target());
    }
    return found;
  }

  private void addRelation(Set<FactId> found) {
    found.add(within(Kind.TABLE, 2));
    found.add(within(Kind.VIEW, 2));
    found.add(within(Kind.MATERIALIZED_VIEW, 2));
    found.add(within(Kind.COMPOSITE, 2));
    found.add(within(Kind.NAMESPACE, 1));
  }

  private static void addWithNamespace(Set<FactId> found, FactId owner) {
    found.add(owner);
    found.addAll(owner.enclosing());
  }

  /** The path for people, in one line: its names joined by dots. */
  public String display() {
    return kind.isAttached()
        ? target().display()
        : String.join(".", path).replace("\n", "\\n").replace("\r", "\\r");
  }

  /**
   * {@code KIND a.b.c}, with {@code \} before a dot or a backslash in a name; see {@link #parse}.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind.name()).append(' ');
    for (int i = 0; i < path.size(); i++) {
      text.append(i == 0 ? "" : ".").append(escape(path.get(i)));
    }
    return text.toString();
  }

  private static String escape(String name) {
    return name.replace("\\", "\\\\").replace(".", "\\.").replace("\n", "\\n").replace("\r", "\\r");
  }

  /**
   * The identity that {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if it did not
   */
  public static FactId parse(String text) {
    int space = text.indexOf(' ');
    if (space < 0) {
      throw new IllegalArgumentException("not an identity: " + text);
    }
    List<String> path = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    for (int i = space + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char escaped = text.charAt(++i);
        name.append(escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
      } else if (c == '.') {
        path.add(name.toString());
        name.setLength(0);
      } else {
        name.append(c);
      }
    }
    path.add(name.toString());
    return new FactId(Kind.valueOf(text.substring(0, space)), path);
  }

  @Override
  public int compareTo(FactId other) {
    int order = kind.compareTo(other.kind);
    return order != 0 ? order : comparePaths(path, other.path);
  }

  private static int comparePaths(List<String> left, List<String> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FactId id && kind == id.kind && path.equals(id.path);
  }

  /** Does not use the identity of {@link Kind}, so that sets have the same order in each run. */
  @Override
  public int hashCode() {
    return 31 * kind.name().hashCode() + path.hashCode();
  }
}
