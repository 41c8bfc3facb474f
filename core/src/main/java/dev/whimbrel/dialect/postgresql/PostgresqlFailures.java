package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.Failures;
import java.lang.reflect.InvocationTargetException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads SQLSTATEs, and the driver's fields of an error without needing the driver to compile. */
final class PostgresqlFailures implements Failures {
  @Override
  public Meaning meaning(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return switch (state) {
      case "55P03" -> Meaning.LOCK_TIMEOUT;
      case "40P01", "40001" -> Meaning.TRY_AGAIN;
      case "42P01", "3F000", "42703" -> Meaning.NO_SUCH_TABLE;
      case "25001" -> Meaning.NEEDS_NO_TRANSACTION;
      case "42501" -> Meaning.NO_PERMISSION;
      case "25006" -> Meaning.READ_ONLY;
      case "57014" -> Meaning.CANCELLED;
      case "23505" -> Meaning.DUPLICATE;
      case "53100" -> Meaning.NO_ROOM;
      case "57P01", "57P02", "57P03" -> Meaning.CONNECTION_LOST;
      default -> state.startsWith("08") ? Meaning.CONNECTION_LOST : Meaning.OTHER;
    };
  }

  @Override
  public int position(SQLException failure) {
    Object position = field(failure, "getPosition");
    return position instanceof Integer number ? number : 0;
  }

  @Override
  public String message(SQLException failure) {
    Object message = field(failure, "getMessage");
    if (message == null) {
      return String.valueOf(failure.getMessage()).strip();
    }
    StringBuilder text = new StringBuilder(message.toString());
    append(text, "\ndetail: ", field(failure, "getDetail"));
    append(text, "\nhint: ", field(failure, "getHint"));
    append(text, "\nwhere: ", field(failure, "getWhere"));
    return text.append(" (SQLSTATE ").append(failure.getSQLState()).append(')').toString();
  }

  private static void append(StringBuilder text, String label, @Nullable Object value) {
    if (value != null) {
      text.append(label).append(value);
    }
  }

  private static @Nullable Object field(SQLException failure, String getter) {
    try {
      Object server = failure.getClass().getMethod("getServerErrorMessage").invoke(failure);
      return server == null ? null : server.getClass().getMethod(getter).invoke(server);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return null;
    }
  }
}
