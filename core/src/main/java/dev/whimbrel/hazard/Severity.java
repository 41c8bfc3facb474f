package dev.whimbrel.hazard;

import java.util.Locale;

/** How much a finding matters for the target at hand, least first. */
public enum Severity {
  /** Worth knowing; nothing has to be done. */
  INFO,
  /** Somebody should look at it. */
  WARN,
  /** It should not be deployed like this. */
  ERROR;

  /** The word of reports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
