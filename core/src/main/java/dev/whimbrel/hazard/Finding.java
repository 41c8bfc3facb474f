package dev.whimbrel.hazard;

/**
 * Something a rule or the preflight saw.
 *
 * @param code stable, such as {@code W301}; its page is {@code docs/findings/<code>.md}
 * @param severity for the target at hand
 * @param revision the revision it is about
 * @param statement 1-based within the revision, 0 when it is about the whole revision
 * @param relation what it touches, qualified; empty when it is about no relation
 * @param message what was seen and why it matters, in a sentence or two
 * @param saferWay SQL with the real names filled in, or a sentence where SQL cannot help
 * @param allowed whether the file accepts it with {@code -- +allow}
 */
public record Finding(
    String code,
    Severity severity,
    String revision,
    int statement,
    String relation,
    String message,
    String saferWay,
    boolean allowed) {

  /** The same finding, accepted. */
  public Finding accepted() {
    return new Finding(code, severity, revision, statement, relation, message, saferWay, true);
  }
}
