package dev.whimbrel.spring;

import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import org.springframework.beans.factory.InitializingBean;

/** Holds up the start of an application until its database is fit for it. */
public final class WhimbrelGate implements InitializingBean {
  private final Whimbrel whimbrel;
  private final WhimbrelProperties properties;

  WhimbrelGate(Whimbrel whimbrel, WhimbrelProperties properties) {
    this.whimbrel = whimbrel;
    this.properties = properties;
  }

  /**
   * Does what {@code whimbrel.mode} says.
   *
   * @throws dev.whimbrel.error.WhimbrelException when the application must not start
   */
  @Override
  public void afterPropertiesSet() {
    switch (properties.mode()) {
      case CHECK -> check();
      case WAIT -> whimbrel.awaitRevision(properties.waitTimeout());
      case DEPLOY -> whimbrel.deploy("head");
      case OFF -> {}
    }
  }

  private void check() {
    Result.Status status = whimbrel.status(false);
    Problem refusal = status.refusal();
    if (refusal != null) {
      throw refusal.toException();
    }
    if (isBehind(status)) {
      throw Problem.of(ErrorCode.E_PENDING, "spring.behind")
          .with("url", status.database().url())
          .with("current", EventLog.versions(status.current()))
          .with("latest", EventLog.versions(status.latest()))
          .notDone(
              status.pending().stream()
                  .map(revision -> revision.revision() + "  " + revision.message())
                  .toList())
          .toException();
    }
  }

  /** Whether a deployment would do something. */
  static boolean isBehind(Result.Status status) {
    return switch (status.state()) {
      case EMPTY, PENDING -> !status.pending().isEmpty();
      case INTERRUPTED, UNTRACKED, DIVERGED, MULTIPLE_HEADS -> true;
      case IN_SYNC, AHEAD, DRIFTED -> false;
    };
  }
}
