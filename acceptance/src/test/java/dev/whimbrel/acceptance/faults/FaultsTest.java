package dev.whimbrel.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.acceptance.faults.CutProxy.Moment;
import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every fault at every point with {@code -Dfaults=all}, which also writes the report; without, a
 * fixed sample: each kind of fault, and each kind of point.
 */
class FaultsTest {
  private static final boolean ALL = System.getProperty("faults", "").equals("all");
  private static final Path REPORT = Path.of("../docs/reliability.md");

  /** How many points lie between two of the sample. */
  private static final int STRIDE = 5;

  private static final List<Fault.Kind> WITHIN_THE_PROCESS =
      List.of(Fault.Kind.CUT, Fault.Kind.CUT_ONE, Fault.Kind.VANISH);

  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() {
    server =
        EmbeddedPostgres.scratch(
            EmbeddedSettings.of(System.getenv()), EmbeddedPostgres.DEFAULT_MAJOR);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Path migrations() {
    String folder = System.getProperty("faults.migrations", "");
    return folder.isEmpty() ? Path.of("src/test/resources/faults/migrations") : Path.of(folder);
  }

  @Test
  void aFaultAtAnyPointLosesNothingAndDoublesNothing() throws Exception {
    try (FaultLab lab = new FaultLab(server, migrations())) {
      assertThat(lab.points()).hasSizeGreaterThan(20);
      Reliability report = new Reliability(server.version());
      List<String> harmed = new ArrayList<>();
      for (Fault fault : ALL ? every(lab.points().size()) : sample(lab.points().size())) {
        String difference = lab.run(fault);
        String point = lab.points().get(fault.point());
        report.add(fault, point, difference.isEmpty());
        if (!difference.isEmpty()) {
          harmed.add(fault + " at " + point + "\n" + difference);
        }
      }
      if (ALL) {
        Files.writeString(REPORT, report.text());
      }
      assertThat(harmed).isEmpty();
    }
  }

  private static List<Fault> every(int points) {
    List<Fault> faults = new ArrayList<>();
    for (Fault.Kind kind : Fault.Kind.values()) {
      for (int point = 0; point < points; point++) {
        for (Moment moment : Moment.values()) {
          faults.add(new Fault(kind, moment, point));
        }
      }
    }
    return faults;
  }

  /** Kinds and moments take turns from point to point. */
  private static List<Fault> sample(int points) {
    List<Fault> faults = new ArrayList<>();
    Moment[] moments = Moment.values();
    int turn = 0;
    for (Fault.Kind kind : WITHIN_THE_PROCESS) {
      for (int point = turn; point < points; point += STRIDE) {
        faults.add(new Fault(kind, moments[turn++ % moments.length], point));
      }
    }
    for (int third = 1; third <= 3; third++) {
      Moment moment = moments[third - 1];
      faults.add(new Fault(Fault.Kind.KILL, moment, third * points / 4));
      faults.add(new Fault(Fault.Kind.TERMINATE, moment, third * points / 4 + 1));
      faults.add(new Fault(Fault.Kind.CRASH, moment, third * points / 4 + 2));
    }
    return faults;
  }
}
