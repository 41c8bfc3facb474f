package dev.whimbrel.dialect.sqlite;

import dev.whimbrel.dialect.Checkup;
import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at whether the file can be written. */
final class SqliteCheckup implements Checkup {
  @Override
  public List<Finding> examine(
      Connection connection, DatabaseUrl url, String home, Duration timeout) {
    boolean writable = Files.isWritable(Path.of(url.database()));
    @Nullable Problem problem =
        writable
            ? null
            : Problem.of(ErrorCode.E_READ_ONLY, "apply.read-only")
                .with("message", "the file is not writable for this user")
                .build();
    return List.of(new Finding("writable", writable ? "yes" : "no", "", problem));
  }

  @Override
  public String whyReadOnly(Connection connection) {
    return "";
  }
}
