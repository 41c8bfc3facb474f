package dev.whimbrel;

/**
 * What a run is to do.
 *
 * @param up whether to apply
 * @param target an address; unused where only an interrupted run is finished
 * @param resumeOnly whether to finish an interrupted run and stop there
 * @param decision about the statement at which that run was cut off
 * @param checked whether findings can refuse it
 */
record Intent(boolean up, String target, boolean resumeOnly, Decision decision, boolean checked) {
  static Intent up(String target) {
    return new Intent(true, target, false, Decision.OPEN, false);
  }

  static Intent deploy(String target) {
    return new Intent(true, target, false, Decision.OPEN, true);
  }

  static Intent down(String target) {
    return new Intent(false, target, false, Decision.OPEN, false);
  }

  static Intent resume(Decision decision) {
    return new Intent(true, "heads", true, decision, false);
  }
}
