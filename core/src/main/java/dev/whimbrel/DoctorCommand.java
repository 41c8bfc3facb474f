package dev.whimbrel;

import dev.whimbrel.apply.Locked;
import dev.whimbrel.dialect.Checkup;
import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.Locking.DeployLock;
import dev.whimbrel.dialect.SessionInfo;
import dev.whimbrel.error.WhimbrelException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** {@code doctor}: looks at everything a deployment needs, one thing after the other. */
final class DoctorCommand {
  private final Setup setup;

  DoctorCommand(Setup setup) {
    this.setup = setup;
  }

  Result.Diagnosis run() {
    Dialect dialect = setup.dialect();
    DatabaseUrl url = setup.databaseUrl();
    List<Result.Check> checks = new ArrayList<>();
    checks.add(new Result.Check("url", url.toString(), "", null));
    if (!url.dropped().isEmpty()) {
      String names = String.join(", ", url.dropped());
      checks.add(new Result.Check("url parameters", "not used here: " + names, "", null));
    }
    try (Looking looking = Looking.open(setup, dialect, "whimbrel doctor")) {
      Result.Database database = looking.database();
      checks.add(new Result.Check("connection", database.engine(), "", null));
      examine(looking, url, checks);
      return new Result.Diagnosis(database, checks);
    } catch (WhimbrelException e) {
      checks.add(new Result.Check("connection", "failed", e.problem().remedy(), e.problem()));
      return new Result.Diagnosis(null, checks);
    }
  }

  private void examine(Looking looking, DatabaseUrl url, List<Result.Check> checks) {
    try {
      for (Checkup.Finding finding :
          looking
              .dialect()
              .checkup()
              .examine(
                  looking.connection(),
                  url,
                  looking.tables().home(),
                  setup.options().connectTimeout())) {
        checks.add(
            new Result.Check(finding.name(), finding.value(), finding.advice(), finding.problem()));
      }
    } catch (SQLException e) {
      throw looking.failure(e);
    }
    checks.add(lock(looking, url));
    checks.add(history(looking));
  }

  private Result.Check lock(Looking looking, DatabaseUrl url) {
    try (DeployLock lock =
        looking
            .dialect()
            .locking()
            .open(url, looking.tables().home(), "doctor", setup.options().connectTimeout())) {
      if (lock.tryAcquire()) {
        return new Result.Check("lock", "free", "", null);
      }
      SessionInfo holder = lock.holder();
      return holder == null
          ? new Result.Check("lock", "held", "A deployment is running.", null)
          : new Result.Check(
              "lock",
              "held by " + Locked.describe(holder),
              "If that deployment hangs, end it: " + holder.end(),
              null);
    }
  }

  private static Result.Check history(Looking looking) {
    Looking.Seen seen = looking.see();
    if (!seen.history().exists()) {
      return new Result.Check("history", "none in " + looking.tables().home(), "", null);
    }
    String value = seen.history().revisions().size() + " revisions";
    boolean unfinished = !seen.history().unfinished().isEmpty();
    return new Result.Check(
        "history", value, unfinished ? "A run was cut off: whimbrel resume" : "", null);
  }
}
