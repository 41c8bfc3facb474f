package dev.whimbrel;

import dev.whimbrel.apply.Cancellation;
import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.scratch.ScratchProvider;
import dev.whimbrel.source.Models;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A directory of revisions, and maybe a database: one method for each command.
 *
 * <pre>{@code
 * Whimbrel whimbrel = Whimbrel.in(Path.of("migrations")).url(url).events(log::add).build();
 * Result.Run run = whimbrel.deploy("head");
 * }</pre>
 *
 * <p>Every method throws {@link dev.whimbrel.error.WhimbrelException} when it refuses or fails.
 * Addresses are Alembic's: {@code head}, {@code heads}, {@code base}, {@code current}, {@code +N},
 * {@code -N}, ids and their unique prefixes, {@code label@head}. One command runs at a time; {@link
 * #cancel} may be called from any thread.
 */
public final class Whimbrel {
  private final Setup setup;
  private final AtomicReference<@Nullable Cancellation> running = new AtomicReference<>();

  private Whimbrel(Setup setup) {
    this.setup = setup;
  }

  /** Starts with the directory of the revision files. */
  public static Builder in(Path migrations) {
    return new Builder(migrations);
  }

  /** Collects what a {@link Whimbrel} works with; not thread-safe. */
  public static final class Builder {
    private final Path migrations;
    private String url = "";
    private @Nullable String user;
    private @Nullable String password;
    private String engine = "";
    private Options options = Options.defaults();
    private Consumer<Event> events = event -> {};
    private List<ScratchProvider> scratch = List.of();
    private Models models = Builder::noModels;
    private Supplier<@Nullable Connection> borrowed = () -> null;

    private Builder(Path migrations) {
      this.migrations = migrations;
    }

    /** The database, in any form {@code DatabaseUrl} reads; needed by what looks at a database. */
    public Builder url(String newUrl) {
      url = newUrl;
      return this;
    }

    /** A user and a password given beside the URL; they win over those within it. */
    public Builder credentials(@Nullable String newUser, @Nullable String newPassword) {
      user = newUser;
      password = newPassword;
      return this;
    }

    /**
     * The engine whose file variants and SQL are meant where no URL is given, {@code postgresql} by
     * default.
     */
    public Builder engine(String newEngine) {
      engine = newEngine;
      return this;
    }

    public Builder options(Options newOptions) {
      options = newOptions;
      return this;
    }

    /** Receives what happens, on the thread that runs the command. */
    public Builder events(Consumer<Event> newEvents) {
      events = newEvents;
      return this;
    }

    /** What reads the entities, where {@code entities} is a source. */
    public Builder models(Models newModels) {
      models = newModels;
      return this;
    }

    private static Models.Generated noModels(String engine, int major) {
      throw Problem.of(ErrorCode.E_CONFIG, "generate.no-models").toException();
    }

    /**
     * A folder for the scratch databases of an engine that keeps them in files; made when needed,
     * and tried after the others.
     */
    public Builder scratchFolder(Path folder) {
      List<ScratchProvider> all = new ArrayList<>(scratch);
      all.add(new FolderScratch(folder));
      scratch = List.copyOf(all);
      return this;
    }

    /**
     * A server on which scratch databases may be created and dropped; tried after the others.
     *
     * @param name what it is called in messages, such as {@code [scratch] url}
     * @param scratchUrl in any form {@code DatabaseUrl} reads
     * @param scratchUser given beside the URL; null for none
     * @param scratchPassword given beside the URL; null for none
     */
    public Builder scratchUrl(
        String name,
        String scratchUrl,
        @Nullable String scratchUser,
        @Nullable String scratchPassword) {
      return scratch(
          new UrlScratch(
              name,
              DatabaseUrl.parse(scratchUrl).withCredentials(scratchUser, scratchPassword),
              options.connectTimeout()));
    }

    /** Another way to scratch databases, tried after the others. */
    public Builder scratch(ScratchProvider provider) {
      List<ScratchProvider> all = new ArrayList<>(scratch);
      all.add(provider);
      scratch = List.copyOf(all);
      return this;
    }

    /** Where scratch databases come from, the first that works; {@link #simulate} needs one. */
    public Builder scratch(List<ScratchProvider> newScratch) {
      scratch = List.copyOf(newScratch);
      return this;
    }

    /**
     * Where {@link #status} may borrow a connection to the same database, such as an application's
     * pool; whatever changes anything opens its own.
     *
     * @param newBorrowed in auto-commit mode, closed after use; null where there is none
     */
    public Builder borrowing(Supplier<@Nullable Connection> newBorrowed) {
      borrowed = newBorrowed;
      return this;
    }

    public Whimbrel build() {
      return new Whimbrel(
          new Setup(
              migrations, url, user, password, engine, options, events, scratch, models, borrowed));
    }
  }

  /** Where the database is, and what {@code deploy} would do. Drift is looked for if asked. */
  public Result.Status status(boolean drift) {
    return new StatusCommand(setup).run("head", drift);
  }

  /**
   * The gate: compares, upgrades only when needed, verifies. Before it touches anything it looks
   * for rows in the way, missing rights and what the statements are known to do, and refuses with
   * E_FINDINGS at the threshold; nothing of that is asked when nothing is pending.
   */
  public Result.Run deploy(String target) {
    return run(Intent.deploy(target));
  }

  /** Upgrades to a target; unlike {@link #deploy} it is at home in any state it can work with. */
  public Result.Run upgrade(String target) {
    return run(Intent.up(target));
  }

  private Result.Run run(Intent intent) {
    return cancellable(cancellation -> new RunCommand(setup, cancellation, intent).run());
  }

  private <R> R cancellable(Function<Cancellation, R> command) {
    try (Cancellation cancellation = new Cancellation(setup.options().deadline())) {
      running.set(cancellation);
      return command.apply(cancellation);
    } finally {
      running.set(null);
    }
  }

  /** Takes revisions back, with the SQL the database keeps where there is no file. */
  public Result.Run downgrade(String target) {
    return run(Intent.down(target));
  }

  /** Finishes an interrupted run and does nothing else. */
  public Result.Run resume() {
    return resume(Decision.OPEN);
  }

  /**
   * Finishes an interrupted run.
   *
   * @param decision what became of the statement at which it was cut off, for where neither the
   *     journal nor the catalog tells
   */
  public Result.Run resume(Decision decision) {
    return run(Intent.resume(decision));
  }

  /**
   * The SQL {@link #upgrade} would run, with its bookkeeping. Without a URL, or with a range {@code
   * a:b}, no database is asked and the script starts at base, or {@code a}.
   */
  public Result.Script upgradeSql(String target) {
    return new ScriptCommand(setup).run(target, true);
  }

  /**
   * The SQL {@link #downgrade} would run; as {@link #upgradeSql}, but a range is needed offline.
   */
  public Result.Script downgradeSql(String target) {
    return new ScriptCommand(setup).run(target, false);
  }

  /**
   * What {@link #deploy} would do, with the pending revisions run on scratch databases that have
   * the target's live schema, and the target's rows looked at. Nothing changes in the target.
   */
  public Result.Simulation simulate(String target) {
    return cancellable(cancellation -> new SimulateCommand(setup, cancellation, null).run(target));
  }

  /** The same, and compares the schema afterwards with the models too. */
  public Result.Simulation simulate(String target, Authoring models) {
    return cancellable(
        cancellation -> new SimulateCommand(setup, cancellation, models).run(target));
  }

  /**
   * What the rules say to revisions, each run on the schema that its ancestors leave. No target is
   * asked; existing tables are taken to be big.
   *
   * @param files names of revision files; empty for all
   */
  public Result.Lint lint(List<String> files) {
    return cancellable(cancellation -> new LintCommand(setup, cancellation).run(files));
  }

  /** Where the database is. */
  public Result.Current current() {
    return new GraphCommand(setup).current();
  }

  /**
   * All revisions, newest first, and which of them the database has.
   *
   * @param range {@code a:b}, either side empty; or empty for all
   * @param database whether to ask the database; without, nothing is marked as applied
   */
  public Result.Listing history(String range, boolean database) {
    return new GraphCommand(setup).history(range, database);
  }

  /** The heads of the files. */
  public Result.Listing heads() {
    return new GraphCommand(setup).heads();
  }

  /** The revisions with several children. */
  public Result.Listing branches() {
    return new GraphCommand(setup).branches();
  }

  /** One revision with its SQL; the database is asked only where the address needs it. */
  public Result.Entry show(String address) {
    return new GraphCommand(setup).show(address);
  }

  /** Writes an empty revision to fill by hand, and the HEAD file. */
  public Result.Written revision(Draft draft) {
    return new WriteCommand(setup).revision(draft);
  }

  /**
   * Writes a revision that turns the schema of the files into that of the models, proven on scratch
   * databases; HEAD and {@code schema.sql} follow. Nothing is written when nothing changes.
   */
  public Result.Migration migrate(Draft draft, Authoring authoring) {
    return new MigrateCommand(setup, authoring).migrate(draft);
  }

  /** Whether the models need a migration; writes nothing. */
  public Result.Migration check(Authoring authoring) {
    return new MigrateCommand(setup, authoring).check();
  }

  /** What turns one source's schema into another's; the models of {@code authoring} don't count. */
  public Result.Migration diff(String from, String to, Authoring authoring) {
    return new MigrateCommand(setup, authoring).diff(from, to);
  }

  /** The canonical SQL of a source's schema. */
  public Result.Script schema(String source, Authoring authoring) {
    return new MigrateCommand(setup, authoring).schema(source);
  }

  /**
   * Writes a revision that joins several heads.
   *
   * @param addresses what to join; empty for all heads
   * @param message empty for one made from the ids
   */
  public Result.Written merge(List<String> addresses, String message) {
    return new WriteCommand(setup).merge(addresses, message);
  }

  /** The file of a revision, for an editor. */
  public Result.Written edit(String address) {
    return new WriteCommand(setup).edit(address);
  }

  /**
   * Sets the history without running anything.
   *
   * @param addresses where the database is now; {@code base} empties the history
   * @param purge forget what was recorded before, unknown revisions included
   * @param force even where the database does not have the schema of those revisions, which is
   *     otherwise looked at with a scratch database
   * @throws dev.whimbrel.error.WhimbrelException E_DIVERGED when it does not have it
   */
  public Result.Stamp stamp(List<String> addresses, boolean purge, boolean force) {
    return cancellable(
        cancellation -> new StampCommand(setup, cancellation).run(addresses, purge, force));
  }

  /**
   * Brings the migrations of another tool over, and with them its history.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_SOURCE with file and line when its files can't
   *     be understood; what contradicts them in a database is told in the result
   */
  public Result.Imported importFrom(Import what) {
    return cancellable(cancellation -> new ImportCommand(setup, cancellation, what).run());
  }

  /**
   * Finds the revision whose schema an untracked database has, by replaying the revisions on
   * scratch databases; {@link #stamp} then records it.
   */
  public Result.Located fix() {
    return new FixCommand(setup).run();
  }

  /**
   * Checks the files, the graph and HEAD.
   *
   * @param database also compares checksums with the database and looks for drift
   */
  public Result.Verification verify(boolean database) {
    return new VerifyCommand(setup).run(database);
  }

  /**
   * Writes what changed in the database by hand, since the last run, as a revision proven on a
   * scratch database, and records that the database is at it. Needs a database that has all
   * revisions of the files. Grants and owners are left out, and told in the result.
   *
   * @param authoring of which the renames and {@code offline} count
   */
  public Result.Migration adopt(Draft draft, Authoring authoring) {
    return cancellable(
        cancellation -> new DriftCommand(setup, cancellation, authoring).adopt(draft));
  }

  /**
   * The SQL that undoes what changed in the database by hand since the last run; runs nothing.
   *
   * @param authoring of which {@code offline} counts
   */
  public Result.Migration revert(Authoring authoring) {
    return cancellable(cancellation -> new DriftCommand(setup, cancellation, authoring).revert());
  }

  /** Looks at the connection, the role's rights, poolers, TLS and the lock. */
  public Result.Diagnosis doctor() {
    return new DoctorCommand(setup).run();
  }

  /**
   * Waits until the database is at the files' heads, or ahead of them.
   *
   * @param limit how long; zero for ever
   * @throws dev.whimbrel.error.WhimbrelException E_CANCELLED when the time is over
   */
  public Result.Waited awaitRevision(Duration limit) {
    return cancellable(cancellation -> new WaitCommand(setup, cancellation).run(limit));
  }

  /**
   * Cancels the running command from another thread: its statement is cancelled, its transaction
   * rolled back, the journal told; the command then throws E_CANCELLED. Does nothing when no
   * command runs.
   */
  public void cancel() {
    Cancellation current = running.get();
    if (current != null) {
      current.cancel("it was told to stop");
    }
  }

  /**
   * What a new revision should be.
   *
   * @param message in one line
   * @param revises addresses of its parents; empty for the head; {@code base} starts a new branch
   * @param id empty for a random one
   * @param labels names of its branch
   * @param depends addresses of what must be applied before, without being a parent
   * @param phase {@code expand}, {@code contract} or empty
   */
  public record Draft(
      String message,
      List<String> revises,
      String id,
      List<String> labels,
      List<String> depends,
      String phase) {
    /** A revision on top of the head. */
    public static Draft of(String message) {
      return new Draft(message, List.of(), "", List.of(), List.of(), "");
    }
  }
}
