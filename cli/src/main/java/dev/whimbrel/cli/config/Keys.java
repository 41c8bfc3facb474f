package dev.whimbrel.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every key of {@code whimbrel.toml}, declared once: the reader, the schema and the guide agree.
 */
public final class Keys {
  /** The table whose names are Hibernate's. */
  public static final String PROPERTIES = "models.properties.";

  private static final String ANY = "*";

  /** What a value may be. */
  public enum Kind {
    TEXT,
    DURATION,
    NUMBER,
    FLAG,
    TEXTS
  }

  /**
   * One key.
   *
   * @param name dotted; {@code *} stands for the name of an environment, or of a setting
   * @param about one sentence, for the schema and the guide
   */
  public record Key(String name, Kind kind, String about) {
    /** The facade's option of this name; only of {@link #OPTIONS}. */
    public String option() {
      return name.replace('.', '-');
    }

    /** The environment variable that sets this key, such as {@code WHIMBREL_LOCK_TIMEOUT}. */
    public String variable() {
      return variableOf(name);
    }
  }

  /** The names of the facade's options, each a key at the top and in each environment. */
  public static final List<Key> OPTIONS =
      List.of(
          new Key(
              "lock-timeout",
              Kind.DURATION,
              "How long a statement may wait for a lock before its batch is rolled back and tried"
                  + " again; 0 waits for ever. Default 3s."),
          new Key(
              "statement-timeout",
              Kind.DURATION,
              "How long a statement may run; 0 is no limit. Default 0."),
          new Key(
              "lock-wait", Kind.DURATION, "How long to wait for another deployer. Default 10m."),
          new Key(
              "deadline",
              Kind.DURATION,
              "After which a run cancels itself; 0 is never. Default 0."),
          new Key(
              "connect-timeout", Kind.DURATION, "How long to wait for a connection. Default 10s."),
          new Key(
              "retries",
              Kind.NUMBER,
              "How often a batch is tried again after a lock timeout or a deadlock. Default 10."),
          new Key("strict", Kind.FLAG, "Refuse to deploy on drift. Default false."),
          new Key(
              "history-schema",
              Kind.TEXT,
              "The schema that holds the history, or the prefix of its tables where the engine has"
                  + " no schemas. Default whimbrel."),
          new Key(
              "role",
              Kind.TEXT,
              "The role that runs the revisions and owns what they create. Default the login"
                  + " role."),
          new Key(
              "applied-by",
              Kind.TEXT,
              "Who is named in the history. Default the user of the database."),
          new Key(
              "commit",
              Kind.TEXT,
              "The commit that is deployed. Default the platform's variable, such as"
                  + " RENDER_GIT_COMMIT."),
          new Key(
              "environment",
              Kind.TEXT,
              "The label kept in the database, so that production is not mistaken for another."
                  + " Default the name given with --env."),
          new Key(
              "block-budget",
              Kind.DURATION,
              "How long a statement may block reads or writes of others before that is an error."
                  + " Default 1s."),
          new Key(
              "fail-on",
              Kind.TEXT,
              "The least severity of a finding for which deploy refuses, and simulate and lint"
                  + " fail: info, warn, error or never. Default error."),
          new Key(
              "accept",
              Kind.TEXTS,
              "Codes of findings that are accepted, separated by commas; may be repeated."),
          new Key(
              "preflight-limit",
              Kind.DURATION,
              "How long each question to the target's rows may take. Default 5s."),
          new Key(
              "backup.command",
              Kind.TEXT,
              "What a shell runs before a revision that loses data; its failure stops the"
                  + " deployment."),
          new Key(
              "backup.timeout",
              Kind.DURATION,
              "How long the backup may take; 0 is no limit. Default 1h."),
          new Key(
              "require-backup",
              Kind.FLAG,
              "Refuse a revision that loses data where there is no backup.command. Default"
                  + " false."));

  private static final List<Key> TOP =
      List.of(
          new Key("migrations", Kind.TEXT, "The directory of the revisions. Default migrations."),
          new Key(
              "engine",
              Kind.TEXT,
              "The engine that is meant where no database is asked: postgresql or sqlite. Default"
                  + " that of the database's URL, else postgresql."),
          new Key(
              "models.entities",
              Kind.TEXTS,
              "The packages of the JPA entities that are the model; an empty list to find them."),
          new Key(
              "models.sql",
              Kind.TEXT,
              "The SQL file, or folder of SQL files, that is the model instead of entities."),
          new Key(
              "models.classpath",
              Kind.TEXTS,
              "Where the entities' classes are: class folders, a Spring Boot jar, or a file that"
                  + " lists the class path. Default target/classes."),
          new Key(
              "models.owns",
              Kind.TEXT,
              "What the entities decide about: mapped, the tables they map and what belongs to"
                  + " them, or everything. Default mapped."),
          new Key(
              "models.keep",
              Kind.TEXTS,
              "Tables or columns that stay as the revisions made them whatever the entities say,"
                  + " such as users.search or audit_*."),
          new Key("models.units", Kind.TEXTS, "The persistence units that count. Default all."),
          new Key(
              "models.profiles",
              Kind.TEXTS,
              "The profiles of Spring Boot or Quarkus. Default what the application would choose."),
          new Key(
              "models.physical-naming",
              Kind.TEXT,
              "The class of the physical naming strategy where a bean decides, or as-configured."),
          new Key(
              "models.implicit-naming",
              Kind.TEXT,
              "The class of the implicit naming strategy where a bean decides, or as-configured."),
          new Key(
              "models.java",
              Kind.TEXT,
              "The home of the JDK that reads the entities. Default the one Whimbrel runs on."),
          new Key(
              "models.timeout",
              Kind.DURATION,
              "How long reading the entities may take. Default 2m."),
          new Key(
              "models.platform",
              Kind.TEXT,
              "The platform whose own schemas and extensions do not count, such as supabase."),
          new Key(
              "models.properties." + ANY,
              Kind.TEXT,
              "Hibernate settings that beat the application's, by their own names in quotes."),
          new Key(
              "scratch.url",
              Kind.TEXT,
              "A server on which scratch databases may be created and dropped."));

  private static final List<Key> PER_ENVIRONMENT =
      List.of(
          new Key("url", Kind.TEXT, "The database: any URL, embedded:postgresql or sqlite:FILE."),
          new Key("user", Kind.TEXT, "The user, where the URL names none."),
          new Key("password", Kind.TEXT, "The password; best a ${VARIABLE}."));

  private Keys() {}

  /** All keys, in the order in which the guide lists them. */
  public static List<Key> all() {
    List<Key> all = new ArrayList<>(TOP);
    all.addAll(OPTIONS);
    for (Key key : PER_ENVIRONMENT) {
      all.add(within(key));
    }
    for (Key key : OPTIONS) {
      all.add(within(key));
    }
    return List.copyOf(all);
  }

  private static Key within(Key key) {
    return new Key("env." + ANY + "." + key.name(), key.kind(), key.about());
  }

  /** The key with this dotted name, which may hold the name of an environment. */
  static Optional<Key> find(String dotted) {
    String name = generic(dotted);
    return all().stream().filter(key -> key.name().equals(name)).findFirst();
  }

  /** The names that may stand where {@code dotted} stands, for the nearest right word. */
  static List<String> besides(String dotted) {
    String name = generic(dotted);
    int end = name.lastIndexOf('.') + 1;
    String table = name.substring(0, end);
    List<String> names = new ArrayList<>();
    for (Key key : all()) {
      if (key.name().startsWith(table)) {
        String rest = key.name().substring(end);
        names.add(rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest);
      }
    }
    return names.isEmpty()
        ? List.of("models", "scratch", "backup", "env")
        : names.stream().distinct().toList();
  }

  private static String generic(String dotted) {
    if (dotted.startsWith(PROPERTIES)) {
      return PROPERTIES + ANY;
    }
    if (!dotted.startsWith("env.")) {
      return dotted;
    }
    int end = dotted.indexOf('.', 4);
    return end < 0 ? "env." + ANY : "env." + ANY + dotted.substring(end);
  }

  /** The environment variable of a dotted name: {@code WHIMBREL_ENV_PRODUCTION_URL}. */
  static String variableOf(String dotted) {
    StringBuilder variable = new StringBuilder("WHIMBREL_");
    boolean apart = true;
    for (int i = 0; i < dotted.length(); i++) {
      char c = Character.toUpperCase(dotted.charAt(i));
      if (c == '*') {
        variable.append("NAME");
      } else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
        variable.append(c);
      } else if (!apart) {
        variable.append('_');
      }
      apart = variable.charAt(variable.length() - 1) == '_';
    }
    return variable.toString();
  }
}
