package dev.whimbrel.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.acceptance.faults.CutProxy.Moment;
import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault at every point with {@code -Dfaults=all}, which also writes the report; without, a
 * fixed sample: each kind of fault, and each kind of point. {@code -Dfaults.migrations} names
 * another directory of revisions, {@code -Dfaults.part=2/5} a part of the faults: the parts make
 * one report.
 */
class FaultsTest {
  private static final boolean ALL = System.getProperty("faults", "").equals("all");
  private static final String OWN = System.getProperty("faults.migrations", "");

  /** How many faults of each kind the sample has. */
  private static final int EACH = 9;

  private static final List<Fault.Kind> WITHIN_THE_PROCESS =
      List.of(Fault.Kind.CUT, Fault.Kind.CUT_ONE, Fault.Kind.VANISH);

  @TempDir static Path project;

  /** A server whose data outlives it, so that it can be stopped and started. */
  private static EmbeddedPostgres start() {
    return EmbeddedPostgres.local(
        EmbeddedSettings.of(System.getenv()),
        project,
        OptionalInt.of(EmbeddedPostgres.DEFAULT_MAJOR));
  }

  private static Path migrations() {
    return OWN.isEmpty() ? Path.of("src/test/resources/faults/migrations") : Path.of(OWN);
  }

  @Test
  void aFaultAtAnyPointLosesNothingAndDoublesNothing() throws Exception {
    try (FaultLab lab = new FaultLab(FaultsTest::start, migrations())) {
      assertThat(lab.points()).hasSizeGreaterThan(OWN.isEmpty() ? 20 : 1);
      Reliability report = new Reliability(Path.of("target/faults"), lab.version(), OWN);
      List<String> harmed = new ArrayList<>();
      for (Fault fault : ALL ? part(every(lab.points().size())) : sample(lab.points())) {
        String point = lab.points().get(fault.point());
        if (ALL && report.has(fault)) {
          continue;
        }
        String difference = lab.run(fault);
        if (ALL) {
          report.add(fault, point, difference.isEmpty());
        }
        if (!difference.isEmpty()) {
          harmed.add(fault + " at " + point + "\n" + difference);
        }
      }
      if (ALL) {
        report.write(every(lab.points().size()).size());
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

  /** Each n-th fault, so that each part has something of everything. */
  private static List<Fault> part(List<Fault> faults) {
    String[] part = System.getProperty("faults.part", "1/1").split("/", -1);
    int number = Integer.parseInt(part[0]);
    int of = Integer.parseInt(part[1]);
    List<Fault> some = new ArrayList<>();
    for (int i = number - 1; i < faults.size(); i += of) {
      some.add(faults.get(i));
    }
    return some;
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
    faults.add(new Fault(Fault.Kind.STOP, Moment.WITHIN, points.get(points.size() / 2)));
    return faults;
  }
}
