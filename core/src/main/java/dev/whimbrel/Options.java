package dev.whimbrel;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Problem;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Everything that can be tuned, each declared once; front ends set them by name.
 *
 * @param lockTimeout how long a statement may wait for a lock of the database before the whole
 *     batch is rolled back and tried again; zero waits for ever
 * @param statementTimeout how long a statement may run; zero is no limit
 * @param lockWait how long to wait for another deployer
 * @param deadline after which the run cancels itself; zero is none
 * @param connectTimeout how long to wait for a connection
 * @param retries how often a batch is tried again after a lock timeout, a deadlock or a
 *     serialization failure
 * @param strict refuse to deploy on drift
 * @param historySchema the schema that holds the history; where an engine has no schemas, the
 *     prefix of its tables
 * @param role the role that runs the revisions and owns what they create; empty for the login role
 * @param appliedBy who is named in the history; empty for the database user
 * @param commit the commit that is deployed; empty where unknown
 * @param environment the label of the environment that is deployed, such as {@code production};
 *     empty where none was named
 * @param blockBudget how long a statement may block reads or writes of others before that is an
 *     error
 * @param failOn the least severity of a finding for which {@code deploy} refuses: {@code info},
 *     {@code warn}, {@code error} or {@code never}
 * @param accept codes of findings that are accepted, separated by commas
 * @param preflightLimit how long each question to the target's rows may take
 * @param backupCommand what a shell runs before a revision that loses data; empty for nothing
 * @param backupTimeout how long it may take; zero is no limit
 * @param requireBackup refuse to lose data where there is no such command
 */
public record Options(
    Duration lockTimeout,
    Duration statementTimeout,
    Duration lockWait,
    Duration deadline,
    Duration connectTimeout,
    int retries,
    boolean strict,
    String historySchema,
    String role,
    String appliedBy,
    String commit,
    String environment,
    Duration blockBudget,
    String failOn,
    String accept,
    Duration preflightLimit,
    String backupCommand,
    Duration backupTimeout,
    boolean requireBackup) {

  /** Where the platforms say which commit is deployed, the first that is set counts. */
  public static final List<String> COMMIT_VARIABLES =
      List.of(
          "RENDER_GIT_COMMIT",
          "HEROKU_SLUG_COMMIT",
          "SOURCE_VERSION",
          "GITHUB_SHA",
          "CI_COMMIT_SHA",
          "GIT_COMMIT");

  /** The environment of code that nobody has merged yet. */
  public static final String PREVIEW = "preview";

  /** Where the platforms say that a pull request's preview is deployed. */
  public static final List<String> PREVIEW_VARIABLES =
      List.of(
          "IS_PULL_REQUEST",
          "HEROKU_PR_NUMBER",
          "VERCEL_ENV",
          "NETLIFY",
          "CONTEXT",
          "RAILWAY_ENVIRONMENT_NAME");

  /** What is used where nothing was said. */
  public static Options defaults() {
    return new Options(
        Duration.ofSeconds(3),
        Duration.ZERO,
        Duration.ofMinutes(10),
        Duration.ZERO,
        Duration.ofSeconds(10),
        10,
        false,
        "whimbrel",
        "",
        "",
        "",
        "",
        Duration.ofSeconds(1),
        "error",
        "",
        Duration.ofSeconds(5),
        "",
        Duration.ofHours(1),
        false);
  }

  /** The same options with the commit that a platform's variables name; as they are without. */
  public Options withCommitOf(Map<String, String> variables) {
    for (String variable : COMMIT_VARIABLES) {
      String value = variables.getOrDefault(variable, "");
      if (!value.isEmpty()) {
        return with("commit", value);
      }
    }
    return this;
  }

  /**
   * The same options with the environment {@code preview} where a platform's variables say that a
   * pull request is deployed; as they are without. A platform gives previews the settings of the
   * service they preview, so nothing else that names the environment counts.
   */
  public Options withPreviewOf(Map<String, String> variables) {
    return isPreview(variables) ? with("environment", PREVIEW) : this;
  }

  private static boolean isPreview(Map<String, String> variables) {
    String netlify = variables.getOrDefault("CONTEXT", "");
    return variables.getOrDefault("IS_PULL_REQUEST", "").equalsIgnoreCase("true")
        || !variables.getOrDefault("HEROKU_PR_NUMBER", "").isEmpty()
        || variables.getOrDefault("VERCEL_ENV", "").equals("preview")
        || (variables.getOrDefault("NETLIFY", "").equals("true")
            && (netlify.equals("deploy-preview") || netlify.equals("branch-deploy")))
        || isRailwayPreview(variables.getOrDefault("RAILWAY_ENVIRONMENT_NAME", ""));
  }

  private static boolean isRailwayPreview(String name) {
    return !name.isEmpty() && Pattern.matches("(?:.*-)?pr-\\d+", name);
  }

  /** The names of all options, in lower case with dashes, such as {@code lock-timeout}. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    for (RecordComponent component : Options.class.getRecordComponents()) {
      names.add(dashed(component.getName()));
    }
    return List.copyOf(names);
  }

  /**
   * The same options with one changed.
   *
   * @param name as in {@link #names()}; camel case and underscores are understood too
   * @param value the text of the value: durations such as {@code 500ms}, {@code 3s}, {@code 25m},
   *     {@code 1h}; {@code true} or {@code false}; a number
   * @throws dev.whimbrel.error.WhimbrelException E_CONFIG when there is no such option, or it can't
   *     have that value
   */
  public Options with(String name, String value) {
    RecordComponent[] components = Options.class.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @SuppressWarnings("NullAway") // filled below, one by one
    Object[] values = new Object[components.length];
    boolean found = false;
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        boolean same = plain(components[i].getName()).equals(plain(name));
        values[i] = same ? parse(types[i], name, value) : components[i].getAccessor().invoke(this);
        found |= same;
      }
      if (!found) {
        throw Problem.of(ErrorCode.E_CONFIG, "options.unknown")
            .with("name", name)
            .with("nearest", Nearest.to(dashed(name), names()).orElse(String.join(", ", names())))
            .toException();
      }
      return Options.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object parse(Class<?> type, String name, String value) {
    try {
      if (type == Duration.class) {
        return duration(value.strip().toLowerCase(Locale.ROOT));
      }
      if (type == int.class) {
        int number = Integer.parseInt(value.strip());
        if (number >= 0) {
          return number;
        }
        throw new NumberFormatException(value);
      }
      return type == boolean.class ? flag(value.strip()) : value;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw Problem.of(ErrorCode.E_CONFIG, "options.value")
          .with("name", name)
          .with("value", value)
          .with("example", type == Duration.class ? "3s" : type == int.class ? "10" : "true")
          .toException(e);
    }
  }

  private static boolean flag(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw new IllegalArgumentException(value);
    };
  }

  private static Duration duration(String text) {
    int unit = 0;
    while (unit < text.length() && Character.isDigit(text.charAt(unit))) {
      unit++;
    }
    long amount = Long.parseLong(text, 0, unit, 10);
    return switch (text.substring(unit).strip()) {
      case "ms" -> Duration.ofMillis(amount);
      case "s", "" -> Duration.ofSeconds(amount);
      case "m", "min" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static String plain(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  private static String dashed(String name) {
    StringBuilder dashed = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        dashed.append('-');
      }
      dashed.append(c == '_' ? '-' : Character.toLowerCase(c));
    }
    return dashed.toString();
  }
}
