package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.introspect.CatalogQuery;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known in the course of one reading of a catalog; the parts of it share this. */
final class PostgresqlCatalog {
  /** The first number that the server gives to an object of a user. */
  static final int FIRST_USER_OID = 16384;

  private static final Pattern OUTSIDE = Pattern.compile("\\{outside (\\w+) ([\\w.]+)}");
  private static final Pattern CHOICE = Pattern.compile("\\{(\\d+)\\+ ([^{|}]*)\\|([^{|}]*)}");

  private final Connection connection;
  private final IntrospectOptions options;
  private final int version;
  private final Schema.Builder schema = Schema.builder();
  private final Map<Address, FactId> addresses = new HashMap<>();
  private final Map<Address, FactId> named = new HashMap<>();
  private final Map<Long, String> namespaces = new HashMap<>();
  private final Map<Long, Relation> relations = new HashMap<>();

  PostgresqlCatalog(Connection connection, IntrospectOptions options) throws SQLException {
    this.connection = connection;
    this.options = options;
    this.version = connection.getMetaData().getDatabaseMajorVersion();
  }

  /** The catalog table of an object, its number there, and the column's number or 0. */
  record Address(String catalog, long oid, int column) {
    /** What a record makes up by itself is slow until it is compiled twice. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Address address
          && oid == address.oid
          && column == address.column
          && catalog.equals(address.catalog);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * catalog.hashCode() + Long.hashCode(oid)) + column;
    }
  }

  /** A table, view, sequence or composite type that is read. */
  record Relation(
      FactId id,
      char form,
      boolean partition,
      boolean typed,
      List<Relation> parents,
      Map<Integer, Attribute> attributes) {
    Relation(FactId id, char form, boolean partition, boolean typed) {
      this(id, form, partition, typed, new ArrayList<>(), new HashMap<>());
    }

    boolean isTable() {
      return form == 'r' || form == 'p';
    }

    @Nullable Attribute attribute(String name) {
      return attributes.values().stream()
          .filter(attribute -> attribute.name().equals(name))
          .findFirst()
          .orElse(null);
    }

    /** The names of columns by their numbers. */
    List<String> names(int[] numbers) {
      List<String> names = new ArrayList<>();
      for (int number : numbers) {
        Attribute attribute = attributes.get(number);
        names.add(attribute == null ? "" : attribute.name());
      }
      return names;
    }
  }

  /**
   * A column of a relation.
   *
   * @param own whether the relation defines it, rather than a parent or a type
   * @param settings what is not the default, by name
   */
  record Attribute(
      String name,
      long type,
      long collation,
      boolean own,
      boolean notNull,
      @Nullable String defaultExpression,
      @Nullable String generated,
      Map<String, String> settings) {}

  Schema.Builder schema() {
    return schema;
  }

  IntrospectOptions options() {
    return options;
  }

  /** Whether the server is of that major version or newer. */
  boolean has(int major) {
    return version >= major;
  }

  void addNamespace(long oid, String name) {
    namespaces.put(oid, name);
  }

  boolean hasNamespace(long oid) {
    return namespaces.containsKey(oid);
  }

  void addRelation(long oid, Relation relation) {
    relations.put(oid, relation);
    address("pg_class", oid, relation.id());
  }

  @Nullable Relation relation(long oid) {
    return relations.get(oid);
  }

  Map<Long, Relation> relations() {
    return relations;
  }

  /** A fact that something in the catalog is; what depends on the one depends on the other. */
  void address(String catalog, long oid, FactId id) {
    addresses.put(new Address(catalog, oid, 0), id);
  }

  void address(String catalog, long oid, int column, FactId id) {
    addresses.put(new Address(catalog, oid, column), id);
  }

  /** What a comment on something is on, where that is not its {@link #address}. */
  void name(String catalog, long oid, int column, FactId id) {
    named.put(new Address(catalog, oid, column), id);
  }

  /** The fact at an address, or that of the whole object; null if none is known. */
  @Nullable FactId at(String catalog, long oid, int column) {
    FactId found = addresses.get(new Address(catalog, oid, column));
    return found != null || column == 0 ? found : addresses.get(new Address(catalog, oid, 0));
  }

  /** What a comment at an address is on; null if that is not known. */
  @Nullable FactId nameAt(String catalog, long oid, int column) {
    FactId found = named.get(new Address(catalog, oid, column));
    return found != null ? found : addresses.get(new Address(catalog, oid, column));
  }

  /** Adds a fact and notes where the catalog has it. */
  void add(String catalog, long oid, FactId id, Content content) {
    schema.add(id, content);
    address(catalog, oid, id);
  }

  /**
   * Runs a query. In it {@code {namespaces}} stands for the numbers of the schemas that are read,
   * {@code {outside CATALOG OID}} for the condition that an object is no part of an extension, and
   * {@code {17+ A | B}} for A since that major version and for B before it.
   */
  void each(String sql, CatalogQuery.Reader reader) throws SQLException {
    CatalogQuery.each(connection, fill(sql), reader);
  }

  private String fill(String sql) {
    String numbers =
        namespaces.isEmpty()
            ? "0"
            : namespaces.keySet().stream()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
    String filled = sql.replace("{namespaces}", numbers);
    if (filled.indexOf('{') < 0) {
      return filled;
    }
    filled =
        OUTSIDE
            .matcher(filled)
            .replaceAll(
                "not exists (select from pg_depend x where x.classid = '$1'::regclass"
                    + " and x.objid = $2 and x.deptype = 'e')");
    Matcher choice = CHOICE.matcher(filled);
    while (choice.find()) {
      String chosen = choice.group(has(Integer.parseInt(choice.group(1))) ? 2 : 3);
      filled = filled.substring(0, choice.start()) + chosen + filled.substring(choice.end());
      choice = CHOICE.matcher(filled);
    }
    return filled;
  }

  /** {@code key=value} texts as a map. */
  static SortedMap<String, String> options(List<String> texts, String prefix) {
    SortedMap<String, String> found = new TreeMap<>();
    for (String text : texts) {
      int equal = text.indexOf('=');
      found.put(prefix + text.substring(0, equal), text.substring(equal + 1));
    }
    return found;
  }

  /** The kind of fact that a relation is, by {@code pg_class.relkind}; null for none. */
  static @Nullable Kind kind(char form) {
    return switch (form) {
      case 'r', 'p' -> Kind.TABLE;
      case 'v' -> Kind.VIEW;
      case 'm' -> Kind.MATERIALIZED_VIEW;
      case 'S' -> Kind.SEQUENCE;
      case 'c' -> Kind.COMPOSITE;
      default -> null;
    };
  }
}
