package dev.whimbrel.error;

import org.jspecify.annotations.Nullable;

/** The one exception of the library: it carries a {@link Problem}. */
public final class WhimbrelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  WhimbrelException(Problem problem, @Nullable Throwable cause) {
    super(problem.code() + ": " + problem.problem(), cause);
    this.problem = problem;
  }

  /** What went wrong. */
  public Problem problem() {
    return problem;
  }

  /** The stable kind, as in {@link Problem#code()}. */
  public ErrorCode code() {
    return problem.code();
  }
}
