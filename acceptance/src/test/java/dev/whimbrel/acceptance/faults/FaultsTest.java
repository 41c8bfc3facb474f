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

  /** How many faults of each kind the sample has. */
  private static final int EACH = 9;

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
      for (Fault fault : ALL ? every(lab.points().size()) : sample(lab.points())) {
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

  /** Spread over what changes the database; kinds and moments take turns. */
  private static List<Fault> sample(List<String> messages) {
    List<Integer> points = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (!messages.get(i).startsWith("select") && !messages.get(i).startsWith("with")) {
        points.add(i);
      }
    }
    List<Fault> faults = new ArrayList<>();
    Moment[] moments = Moment.values();
    int kinds = WITHIN_THE_PROCESS.size();
    for (int i = 0; i < EACH * kinds; i++) {
      int point = points.get(i * (points.size() - 1) / (EACH * kinds - 1));
      faults.add(new Fault(WITHIN_THE_PROCESS.get(i % kinds), moments[i / kinds % 3], point));
    }
    for (int i = 0; i < moments.length; i++) {
      int point = points.get((i + 1) * points.size() / 4);
      faults.add(new Fault(Fault.Kind.KILL, moments[i], point));
      faults.add(new Fault(Fault.Kind.TERMINATE, moments[i], point));
      faults.add(new Fault(Fault.Kind.CRASH, moments[i], point));
    }
    return faults;
  }
}
