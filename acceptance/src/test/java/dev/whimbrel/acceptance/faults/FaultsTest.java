package dev.whimbrel.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.acceptance.faults.CutProxy.Moment;
import dev.whimbrel.acceptance.faults.FaultLab.Outcome;
import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault at every point with {@code -Dfaults=all}, which also writes the report; without, a
 * fixed sample: each kind of fault, and each kind of point. {@code -Dfaults.migrations} names
 * another directory of revisions, {@code -Dfaults.part=2/5} a part of the faults: the parts make
 * one report. {@code -Dfaults.lanes} servers stand side by side. {@code
 * -Dfaults.again=CRASH,WITHIN,126} tries one fault alone, nine times, and writes no report.
 */
class FaultsTest {
  private static final boolean ALL = System.getProperty("faults", "").equals("all");
  private static final String OWN = System.getProperty("faults.migrations", "");
  private static final int LANES = ALL ? Integer.getInteger("faults.lanes", 3) : 1;

  private static final String AGAIN = System.getProperty("faults.again", "");

  /** How many faults of each kind the sample has, and how often one is tried again. */
  private static final int EACH = 9;

  private static final List<Fault.Kind> WITHIN_THE_PROCESS =
      List.of(Fault.Kind.CUT, Fault.Kind.CUT_ONE, Fault.Kind.VANISH);

  @TempDir static Path project;

  private final List<String> harmed = Collections.synchronizedList(new ArrayList<>());

  /** A server whose data outlives it, so that it can be stopped and started. */
  private static EmbeddedPostgres start(int lane) {
    return EmbeddedPostgres.local(
        EmbeddedSettings.of(System.getenv()),
        project.resolve("lane-" + lane),
        OptionalInt.of(EmbeddedPostgres.DEFAULT_MAJOR));
  }

  private static FaultLab lab(int lane) throws Exception {
    Files.createDirectories(project.resolve("lane-" + lane));
    return new FaultLab(
        () -> start(lane),
        OWN.isEmpty() ? Path.of("src/test/resources/faults/migrations") : Path.of(OWN));
  }

  @Test
  void aFaultAtAnyPointLosesNothingAndDoublesNothing() throws Exception {
    try (FaultLab lab = lab(0)) {
      assertThat(lab.points()).hasSizeGreaterThan(OWN.isEmpty() ? 20 : 1);
      if (!AGAIN.isEmpty()) {
        Queue<Fault> same = new ArrayDeque<>(Collections.nCopies(EACH, named(AGAIN)));
        run(lab, lab.deployer(project), same::poll, (fault, outcome) -> {});
      } else if (ALL) {
        everything(lab);
      } else {
        run(lab, Deployer.plain(), sample(lab.points())::poll, (fault, outcome) -> {});
      }
      assertThat(harmed).isEmpty();
    }
  }

  private static Fault named(String words) {
    String[] word = words.split(",", -1);
    return new Fault(
        Fault.Kind.valueOf(word[0]), Moment.valueOf(word[1]), Integer.parseInt(word[2]));
  }

  /** Who is told of a fault that was tried. */
  private interface Log {
    void add(Fault fault, Outcome outcome) throws IOException;
  }

  private void everything(FaultLab first) throws Exception {
    Deployer deployer = first.deployer(project);
    List<Fault> every = every(first.points().size(), first.pointsOf(deployer));
    Reliability report = new Reliability(Path.of("target/faults"), first.version(), OWN);
    Queue<Fault> open = new ConcurrentLinkedQueue<>(part(every));
    open.removeIf(report::has);
    try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
      List<Future<?>> ends = new ArrayList<>();
      ends.add(lanes.submit(() -> run(first, deployer, open::poll, report::add)));
      for (int lane = 1; lane < LANES; lane++) {
        int number = lane;
        ends.add(
            lanes.submit(() -> {
              try (FaultLab lab = lab(number)) {
                run(lab, deployer, open::poll, report::add);
              }
              return null;
            }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    }
    report.write(every.size());
  }

  private @Nullable Void run(
      FaultLab lab, Deployer deployer, Supplier<@Nullable Fault> faults, Log log)
      throws SQLException, InterruptedException {
    for (Fault fault = faults.get(); fault != null; fault = faults.get()) {
      try {
        Outcome outcome = lab.run(fault, deployer);
        log.add(fault, outcome);
        if (!outcome.difference().isEmpty()) {
          harmed.add(fault + " at " + outcome.at() + "\n" + outcome.difference());
        }
      } catch (IOException e) {
        harmed.add(fault + " could not be tried: " + e);
      }
    }
    return null;
  }

  /** In an order that mixes them, so that those that are done are like those that are not. */
  private static List<Fault> every(int points, int pointsOfProcess) {
    List<Fault> faults = new ArrayList<>();
    for (Fault.Kind kind : Fault.Kind.values()) {
      for (int point = 0; point < (kind.ofProcess() ? pointsOfProcess : points); point++) {
        for (Moment moment : Moment.values()) {
          faults.add(new Fault(kind, moment, point));
        }
      }
    }
    Collections.shuffle(faults, new Random(1));
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
  private static Queue<Fault> sample(List<String> messages) {
    List<Integer> points = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (!messages.get(i).startsWith("select") && !messages.get(i).startsWith("with")) {
        points.add(i);
      }
    }
    Queue<Fault> faults = new ArrayDeque<>();
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
