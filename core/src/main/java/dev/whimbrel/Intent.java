package dev.whimbrel;

/**
 * What a run is to do.
 *
 * @param up whether to apply
 * @param target an address; unused where only an interrupted run is finished
 * @param resumeOnly whether to finish an interrupted run and stop there
 */
record Intent(boolean up, String target, boolean resumeOnly) {
  static Intent up(String target) {
    return new Intent(true, target, false);
  }

  static Intent down(String target) {
    return new Intent(false, target, false);
  }

  static Intent resume() {
    return new Intent(true, "heads", true);
  }
}
