package dev.whimbrel.hibernate;

import dev.whimbrel.schema.FactId;
import dev.whimbrel.source.Models;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JPA entities as what a schema shall be. Hibernate is asked once, however often the source is.
 *
 * <p>The entities own the tables they map with their columns, keys and types, and the constraints
 * and indexes that Hibernate named; everything else in the database is left to the revisions.
 */
public final class EntitySource implements Models {
  /** Hibernate's hashed names, which nobody writes by hand. */
  private static final Pattern HASHED = Pattern.compile("(?i)(uk|fk|idx)_?[0-9a-z]{16,}");

  private static final Pattern SCHEMA = Pattern.compile("(?i)^create schema (?!if not exists)");

  private final BiFunction<String, String, ModelOptions> options;
  private final List<Pattern> keep;
  private final boolean everything;
  private final Consumer<Ddl> told;
  private @Nullable Generated generated;

  /**
   * Entities.
   *
   * @param options where they are, for a product and version as JDBC names them
   * @param keep names such as {@code users.search} or {@code audit_*} that stay the revisions'
   * @param everything whether the entities own all there is, apart from {@code keep}
   * @param told hears what Hibernate said: its settings, warnings and times
   */
  public EntitySource(
      BiFunction<String, String, ModelOptions> options,
      List<String> keep,
      boolean everything,
      Consumer<Ddl> told) {
    this.options = options;
    this.keep = keep.stream().map(EntitySource::pattern).toList();
    this.everything = everything;
    this.told = told;
  }

  private static Pattern pattern(String name) {
    StringBuilder expression = new StringBuilder("(?:public\\.)?");
    for (String part : name.split("\\*", -1)) {
      expression.append(Pattern.quote(part)).append(".*");
    }
    expression.setLength(expression.length() - 2);
    return Pattern.compile(expression.append("(?:\\..*)?").toString());
  }

  @Override
  public Generated generate(String engine, int major) {
    if (generated == null) {
      String product = engine.equals("sqlite") ? "SQLite" : "PostgreSQL";
      String version = major == 0 ? "3.45" : Integer.toString(major);
      Ddl ddl = EntityModels.load(options.apply(product, version));
      told.accept(ddl);
      generated =
          new Generated(
              statements(ddl),
              Extensions.needed(ddl.statements()),
              owns(ddl),
              origins(ddl),
              "hibernate " + ddl.hibernate() + ", models " + ddl.checksum());
    }
    return generated;
  }

  /** A schema may be there already, {@code public} always is. */
  private static List<String> statements(Ddl ddl) {
    return ddl.statements().stream()
        .filter(EntitySource::counts)
        .map(each -> SCHEMA.matcher(each).replaceFirst("create schema if not exists "))
        .toList();
  }

  /** Without the casts of native enums, which Hibernate declares but does not need. */
  private static boolean counts(String statement) {
    return !statement.regionMatches(true, 0, "create cast ", 0, "create cast ".length());
  }

  private static Map<String, String> origins(Ddl ddl) {
    Map<String, String> origins = new HashMap<>();
    for (Ddl.MappedTable table : ddl.tables()) {
      origins.put(path(table.name()), String.join(", ", table.by()));
    }
    return origins;
  }

  private Predicate<FactId> owns(Ddl ddl) {
    Set<String> tables = new HashSet<>();
    ddl.tables().forEach(table -> tables.add(path(table.name())));
    Set<String> sequences = paths(ddl.sequences());
    Set<String> types = paths(ddl.types());
    Set<String> views = paths(ddl.views());
    return id -> {
      if (keep.stream().anyMatch(name -> name.matcher(id.display()).matches())) {
        return false;
      }
      return everything
          || switch (id.kind()) {
            case TABLE, COLUMN, IDENTITY, NOT_NULL, PRIMARY_KEY -> tables.contains(first(id));
            case UNIQUE, INDEX, FOREIGN_KEY ->
                tables.contains(first(id)) && HASHED.matcher(id.name()).matches();
            case SEQUENCE -> sequences.contains(first(id));
            case ENUM, COMPOSITE -> types.contains(first(id));
            case VIEW -> views.contains(first(id));
            // What an entity can say, but does not have to, or nothing that it could say.
            default -> false;
          };
    };
  }

  private static Set<String> paths(List<Ddl.Name> names) {
    Set<String> paths = new HashSet<>();
    names.forEach(name -> paths.add(path(name)));
    return paths;
  }

  private static String path(Ddl.Name name) {
    return (name.schema().isEmpty() ? "public" : name.schema()) + "." + name.name();
  }

  /** The schema and the first name in it. */
  private static String first(FactId id) {
    return String.join(".", id.path().subList(0, Math.min(2, id.path().size())));
  }
}
