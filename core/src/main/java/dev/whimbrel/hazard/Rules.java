package dev.whimbrel.hazard;

import java.util.ArrayList;
import java.util.List;

/** All rules, by family. */
public final class Rules {
  /** Locks. */
  private static final List<Rule> LOCKS =
      List.of(
          new WorksUnderLock(),
          new LocksSeveralTables(),
          new LocksByHand(),
          new DropsIndexLocking(),
          new ReindexesLocking(),
          new DetachesLocking(),
          new RefreshesLocking());

  /** Rewrites and passes over tables. */
  private static final List<Rule> PASSES =
      List.of(
          new RewritesForType(),
          new RewritesForDefault(),
          new RewritesForGenerated(),
          new RewritesForSequence(),
          new CopiesByCommand(),
          new CopiesTable(),
          new RebuildsIndexes(),
          new ChangesEveryRow(),
          new PassesTwice());

  /** Constraints and indexes. */
  private static final List<Rule> CONSTRAINTS =
      List.of(
          new SetsNotNull(),
          new AddsCheck(),
          new AddsForeignKey(),
          new AddsUnique(),
          new AddsPrimaryKey(),
          new AddsExclusion(),
          new CreatesIndexLocking(),
          new KeyWithoutIndex(),
          new TrustsIndexName(),
          new LeavesInvalidIndex(),
          new ChecksDomain(),
          new ValidatesTooEarly(),
          new AttachesUnchecked(),
          new LeavesNotValid(),
          new DoublesIndex(),
          new IndexesManyColumns(),
          new NeedsEmptyTable(),
          new SkipsExisting());

  /** What code that still runs relies on. */
  private static final List<Rule> RUNNING_CODE =
      List.of(
          new RenamesColumn(),
          new RenamesTable(),
          new AllowsNull(),
          new DropsDefault(),
          new RenamesEnumValue(),
          new ChangesFunction(),
          new ChangesType(),
          new DemandsValue(),
          new DropsView(),
          new MovesName(),
          new SilencesTrigger(),
          new TakesRight(),
          new ChangesReplicaIdentity(),
          new CountsAgain());

  /** Lost data. */
  private static final List<Rule> LOST_DATA =
      List.of(
          new DropsColumn(),
          new DropsTable(),
          new EmptiesTable(),
          new NarrowsType(),
          new DeletesEverything(),
          new DropsSchema(),
          new Cascades(),
          new DropsAttribute());

  /** A constraint that goes takes no data with it, but what should have been kept out. */
  private static final List<Rule> LOST_PROTECTION = List.of(new DropsConstraint());

  /** What platforms expose. */
  private static final List<Rule> PLATFORMS =
      List.of(
          new ExposesTable(),
          new SecuresWithoutPolicy(),
          new GrantsToEverybody(),
          new DefinesWithoutPath(),
          new ViewsPastSecurity(),
          new AsksPerRow(),
          new LiftsSecurity(),
          new ProtectsNothing());

  /** Transactions, limits, refusals. */
  private static final List<Rule> TRANSACTIONS =
      List.of(
          new Fails(),
          new NeedsNoTransaction(),
          new ControlsTransaction(),
          new WaitsForever(),
          new RunsForever(),
          new UsesNewEnumValue(),
          new SetsForSession());

  /** Style. */
  private static final List<Rule> STYLE =
      List.of(
          new CountsTooFar(),
          new UsesSerial(),
          new PadsText(),
          new LimitsText(),
          new ForgetsZone(),
          new UsesJson(),
          new CutsName(),
          new LacksKey(),
          new AppendsEnumValue(),
          new MakesEnum(),
          new KeepsMoney(),
          new TiesDomain(),
          new LosesInCrash());

  private Rules() {}

  /** Those that say that data are lost. */
  public static List<Rule> lostData() {
    return LOST_DATA;
  }

  /** A statement that begins or ends a transaction, and is therefore not run. */
  public static Finding control(String revision, int statement) {
    return new ControlsTransaction().of(revision, statement);
  }

  /** Those that need no more than can be told without running a statement. */
  public static List<Rule> foreseen() {
    return List.of(
        new RewritesForType(),
        new RewritesForDefault(),
        new RewritesForGenerated(),
        new RewritesForSequence(),
        new ChangesEveryRow(),
        new SetsNotNull(),
        new AddsCheck(),
        new AddsForeignKey(),
        new AddsUnique(),
        new AddsPrimaryKey(),
        new AddsExclusion(),
        new CreatesIndexLocking(),
        new ChecksDomain(),
        new NeedsEmptyTable(),
        new DropsColumn(),
        new DropsTable(),
        new EmptiesTable(),
        new NarrowsType(),
        new DeletesEverything(),
        new DropsSchema(),
        new DropsAttribute(),
        new BlocksTooLong());
  }

  /** In the order they look at a statement; the last speaks only where no other does. */
  public static List<Rule> all() {
    List<Rule> all = new ArrayList<>(LOCKS);
    all.addAll(PASSES);
    all.addAll(CONSTRAINTS);
    all.addAll(RUNNING_CODE);
    all.addAll(LOST_DATA);
    all.addAll(LOST_PROTECTION);
    all.addAll(PLATFORMS);
    all.addAll(TRANSACTIONS);
    all.addAll(STYLE);
    all.add(new BlocksTooLong());
    return List.copyOf(all);
  }
}
