package dev.whimbrel.diff;

import dev.whimbrel.schema.FactId;

/** One end of a dependency between changes: what is done to which fact. */
record Node(Action action, FactId id) {
  enum Action {
    CREATE,
    ALTER,
    DROP
  }

  static Node create(FactId id) {
    return new Node(Action.CREATE, id);
  }

  static Node alter(FactId id) {
    return new Node(Action.ALTER, id);
  }

  static Node drop(FactId id) {
    return new Node(Action.DROP, id);
  }

  /** For people: {@code create TABLE public.users}. */
  @Override
  public String toString() {
    return action.name().toLowerCase(java.util.Locale.ROOT) + " " + id;
  }
}
