package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Types;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a target prints types, and which of them share their stored form. */
final class TargetTypes {
  private static final Pattern SIZE = Pattern.compile("\\(\\s*(-?\\d+(?:\\s*,\\s*-?\\d+)?)\\s*\\)");
  private static final Pattern PLAIN = Pattern.compile("[\\w\\s.\"(),\\[\\]-]+");

  private final Connection target;
  private final Set<String> same = new HashSet<>();
  private final Map<String, String> printed = new HashMap<>();
  private final boolean utc;

  TargetTypes(Connection target) throws SQLException {
    this.target = target;
    try (Statement statement = target.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              """
              select pg_catalog.format_type(castsource, null) || '>'
                || pg_catalog.format_type(casttarget, null)
              from pg_catalog.pg_cast where castmethod = 'b'\
              """)) {
        while (row.next()) {
          same.add(row.getString(1));
        }
      }
      try (ResultSet row =
          statement.executeQuery("select pg_catalog.current_setting('TimeZone')")) {
        row.next();
        utc = row.getString(1).matches("(?i)(etc/)?(utc|gmt|uct|zulu)");
      }
    }
  }

  /** A type as the target prints it; as it is written where it does not know it. */
  String printed(String written) {
    return printed.computeIfAbsent(written.strip(), this::ask);
  }

  private String ask(String written) {
    Matcher size = SIZE.matcher(written);
    String sized = size.find() ? "(" + size.group(1).replaceAll("\\s", "") + ")" : "";
    String plain = written.toLowerCase(Locale.ROOT);
    if (!PLAIN.matcher(written).matches()) {
      return plain;
    }
    try (Statement statement = target.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select pg_catalog.pg_typeof(null::%s)::text".formatted(written))) {
      row.next();
      String name = row.getString(1);
      int space = name.indexOf(" with");
      return space > 0 && name.startsWith("time")
          ? name.substring(0, space) + sized + name.substring(space)
          : name + sized;
    } catch (SQLException e) {
      return plain; // made by the deployment itself
    }
  }

  /** Whether a column that changes its type has to be written anew. */
  boolean copies(String from, String to) {
    String was = base(from);
    String now = base(to);
    if (was.equals(now)) {
      return Types.narrows(from, to) || !scale(from).equals(scale(to));
    }
    if (was.startsWith("timestamp") && now.startsWith("timestamp")) {
      return !utc;
    }
    return !same.contains(was + ">" + now) || !SIZE.matcher(to).results().toList().isEmpty();
  }

  private static String base(String type) {
    return type.replaceAll("\\(.*?\\)", "");
  }

  private static String scale(String type) {
    return type.contains(",") ? type.replaceFirst(".*,\\s*", "") : "";
  }
}
