package dev.whimbrel.importing;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.sql.Lexis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a changelog in formatted SQL; not thread-safe. */
final class LiquibaseFormatted {
  static final Pattern HEADER =
      Pattern.compile("\\s*--\\s*liquibase\\s+formatted\\s+sql(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern CHANGESET =
      line("changeset\\s+(\"[^\"]+\"|'[^']+'|[^:\\s]+):(\"[^\"]+\"|'[^']+'|\\S+)(.*)");
  private static final Pattern ROLLBACK = line("rollback\\s*(.*)");
  private static final Pattern COMMENT = line("comment:?\\s+(.*)");
  private static final Pattern SUM = line("validchecksum:?\\s+(.*)");
  private static final Pattern CONDITION = line("(precondition[\\w-]*)\\s*(.*)");
  private static final Pattern PROPERTY = line("property\\s+(.*)");
  private static final Pattern IGNORE = line("ignorelines:\\s*(\\w+).*");
  private static final Pattern BLOCK = Pattern.compile("(?i)\\s*/\\*\\s*liquibase rollback\\s*");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("(\\w+)\\s*:\\s*(\"[^\"]*\"|'[^']*'|\\S+)");
  private static final Pattern PARAMETER = Pattern.compile("\\$\\{([\\w.:\\-]+)\\}");

  private final TextFile file;
  private final Lexis lexis;
  private final Map<String, String> global;
  private final Map<String, String> parameters;
  private final List<String> notes;
  private final String path;
  private final List<LiquibaseChangeset> changesets = new ArrayList<>();
  private @Nullable Open open;
  private int ignored;
  private boolean inRollback;

  /** A changeset while its lines are read. */
  private static final class Open {
    private final String id;
    private final String author;
    private final Map<String, String> attributes;
    private final int line;
    private final StringBuilder sql = new StringBuilder();
    private final StringBuilder rollback = new StringBuilder();
    private final List<String> sums = new ArrayList<>();
    private String comment = "";
    private boolean hasRollback;

    Open(String id, String author, Map<String, String> attributes, int line) {
      this.id = id;
      this.author = author;
      this.attributes = attributes;
      this.line = line;
    }
  }

  private LiquibaseFormatted(
      TextFile file, String path, Lexis lexis, Map<String, String> parameters, List<String> notes) {
    this.file = file;
    this.path = path;
    this.lexis = lexis;
    this.global = parameters;
    this.parameters = new HashMap<>(parameters);
    this.notes = notes;
  }

  private static Pattern line(String rest) {
    return Pattern.compile("\\s*--\\s*" + rest, Pattern.CASE_INSENSITIVE);
  }

  static boolean isOne(String text) {
    return text.lines().limit(5).anyMatch(line -> HEADER.matcher(line).matches());
  }

  /**
   * The changesets of a file, in order.
   *
   * @param path as Liquibase names the file, unless the file says another one
   * @param parameters what stands for {@code ${name}}; gets what the file says for all files
   */
  static List<LiquibaseChangeset> read(
      TextFile file, String path, Lexis lexis, Map<String, String> parameters, List<String> notes) {
    Map<String, String> head = new HashMap<>();
    file.text()
        .lines()
        .map(HEADER::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .ifPresent(header -> head.putAll(attributes(header.group(1))));
    LiquibaseFormatted reader =
        new LiquibaseFormatted(
            file, head.getOrDefault("logicalfilepath", path), lexis, parameters, notes);
    List<String> lines = file.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      reader.line(lines.get(i), i + 1);
    }
    reader.close();
    return reader.changesets;
  }

  private void line(String text, int number) {
    Matcher ignore = IGNORE.matcher(text);
    if (ignore.matches()) {
      String word = ignore.group(1).toLowerCase(Locale.ROOT);
      ignored =
          word.equals("start")
              ? Integer.MAX_VALUE
              : word.equals("end") ? 0 : Integer.parseInt(word);
    } else if (ignored > 0) {
      ignored--;
    } else if (!special(text, number) && open != null) {
      if (inRollback) {
        inRollback = !text.strip().endsWith("*/");
        open.rollback.append(inRollback ? text : text.replaceFirst("\\*/\\s*$", "")).append('\n');
      } else {
        open.sql.append(text).append('\n');
      }
    } else if (open == null && !text.isBlank() && !text.strip().startsWith("--")) {
      throw Problem.of(ErrorCode.E_SOURCE, "import.liquibase-before")
          .at(Place.of(file.shown(), number))
          .toException();
    }
  }

  private boolean special(String text, int number) {
    Matcher changeset = CHANGESET.matcher(text);
    if (changeset.matches()) {
      close();
      open =
          new Open(
              unquoted(changeset.group(2)),
              unquoted(changeset.group(1)),
              attributes(changeset.group(3)),
              number);
      return true;
    }
    Matcher property = PROPERTY.matcher(text);
    if (property.matches()) {
      Map<String, String> found = attributes(property.group(1));
      String name = found.getOrDefault("name", "");
      parameters.putIfAbsent(name, found.getOrDefault("value", ""));
      if (!found.getOrDefault("global", "true").equals("false")) {
        global.putIfAbsent(name, found.getOrDefault("value", ""));
      }
      return true;
    }
    Open now = open;
    return now != null && !inRollback && within(now, text, number);
  }

  private boolean within(Open now, String text, int number) {
    Matcher rollback = ROLLBACK.matcher(text);
    Matcher comment = COMMENT.matcher(text);
    Matcher sum = SUM.matcher(text);
    Matcher condition = CONDITION.matcher(text);
    if (rollback.matches()) {
      now.hasRollback = true;
      String sql = rollback.group(1).strip();
      now.rollback.append(isNothing(sql) ? "" : sql).append('\n');
    } else if (BLOCK.matcher(text).matches()) {
      now.hasRollback = true;
      inRollback = true;
    } else if (comment.matches()) {
      now.comment = comment.group(1).strip();
    } else if (sum.matches()) {
      now.sums.add(sum.group(1).strip());
    } else if (condition.matches()) {
      notes.add(
          file.shown()
              + ":"
              + number
              + " has a precondition that is not carried over: "
              + text.strip());
    } else {
      return false;
    }
    return true;
  }

  private static boolean isNothing(String sql) {
    return switch (sql.toLowerCase(Locale.ROOT)) {
      case "empty", "not required" -> true;
      default -> false;
    };
  }

  private void close() {
    Open done = open;
    if (done == null) {
      return;
    }
    open = null;
    inRollback = false;
    String sql = expand(done.sql.toString().strip());
    changesets.add(
        new LiquibaseChangeset(
            done.attributes.getOrDefault("logicalfilepath", path),
            done.id,
            done.author,
            done.attributes,
            done.comment,
            sql,
            body(done, sql, done.line + 1),
            done.hasRollback ? body(done, expand(done.rollback.toString().strip()), 1) : null,
            "",
            done.sums,
            file.shown(),
            done.line));
  }

  private String body(Open done, String sql, int line) {
    String delimiter = done.attributes.getOrDefault("enddelimiter", ";");
    boolean alone = done.attributes.getOrDefault("runintransaction", "true").equals("false");
    String fit = delimiter.equals(";") || delimiter.isEmpty() ? sql : blocks(sql, delimiter);
    return ScriptEditor.body(lexis, file.shown(), line, fit, alone);
  }

  /** Statements that end in a sign of their own become blocks. */
  private static String blocks(String sql, String delimiter) {
    String sign = delimiter.replace("\\n", "\n").replace("\\r", "");
    List<String> blocks = new ArrayList<>();
    for (String statement : sql.split(Pattern.quote(sign), -1)) {
      if (!statement.isBlank()) {
        blocks.add(ScriptEditor.block(statement));
      }
    }
    return String.join("\n\n", blocks);
  }

  private String expand(String sql) {
    return PARAMETER
        .matcher(sql)
        .replaceAll(found ->
            Matcher.quoteReplacement(parameters.getOrDefault(found.group(1), found.group())));
  }

  private static Map<String, String> attributes(String text) {
    Map<String, String> found = new HashMap<>();
    Matcher each = ATTRIBUTE.matcher(text);
    while (each.find()) {
      found.put(each.group(1).toLowerCase(Locale.ROOT), unquoted(each.group(2)));
    }
    return found;
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && "\"'".indexOf(text.charAt(0)) >= 0;
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
