package dev.whimbrel.spring;

/** What an application does about its database when it starts; {@code whimbrel.mode}. */
public enum Mode {
  /** Refuses to start when the database is behind this code, or not what it should be. */
  CHECK,
  /** Waits until somebody else has deployed the revisions this code needs. */
  WAIT,
  /** Deploys: compares, upgrades when needed, verifies. */
  DEPLOY,
  /** Does nothing, now or later: there is no gate, no health and no endpoint. */
  OFF
}
