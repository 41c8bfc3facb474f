package dev.whimbrel.hazard;

/** One way a statement can hurt; stateless. */
public interface Rule {
  /** The stable code, which names the rule's page. */
  String code();

  /** Looks at one statement and reports what it finds to the bench. */
  void examine(Observation seen, Bench bench);
}
