package dev.whimbrel.hibernate.worker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.boot.model.relational.Namespace;
import org.hibernate.boot.model.relational.QualifiedName;
import org.hibernate.boot.model.relational.Sequence;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.Join;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Table;
import org.jspecify.annotations.Nullable;

/** What the models own in the database, under the names the database stores; not thread-safe. */
final class Inventory {
  private static final Comparator<Answer.Named> BY_NAME =
      Comparator.comparing(Answer.Named::schema).thenComparing(Answer.Named::name);
  private static final Pattern TYPE =
      Pattern.compile(
          "create (?:type|domain) (?:(\\S+|\"[^\"]+\")\\.)?(\"[^\"]+\"|[^\\s.\"]+) as ");

  private final boolean foldsToLower;
  private final Map<Answer.Named, Set<String>> tables = new TreeMap<>(BY_NAME);
  private final Set<Answer.Named> views = new TreeSet<>(BY_NAME);
  private final Set<Answer.Named> sequences = new TreeSet<>(BY_NAME);
  private final Set<Answer.Named> types = new TreeSet<>(BY_NAME);

  Inventory(String product) {
    foldsToLower = product.toLowerCase(Locale.ROOT).startsWith("postgres");
  }

  void add(Metadata metadata, Map<String, Object> settings, List<String> statements) {
    String schema = text(settings.get("hibernate.default_schema"));
    for (Namespace namespace : metadata.getDatabase().getNamespaces()) {
      for (Table table : namespace.getTables()) {
        if (table.isPhysicalTable()) {
          Answer.Named name = named(table.getQualifiedTableName(), schema);
          if (isView(table)) {
            views.add(name);
          } else {
            tables.computeIfAbsent(name, key -> new TreeSet<>());
          }
        }
      }
      for (Sequence sequence : namespace.getSequences()) {
        sequences.add(named(sequence.getName(), schema));
      }
    }
    addUsers(metadata, schema);
    for (String statement : statements) {
      Matcher type = TYPE.matcher(statement);
      if (type.lookingAt()) {
        types.add(
            new Answer.Named(
                type.group(1) == null ? "" : stored(type.group(1)), stored(type.group(2))));
      }
    }
  }

  private void addUsers(Metadata metadata, String schema) {
    for (PersistentClass entity : metadata.getEntityBindings()) {
      use(entity.getTable(), schema, entity.getEntityName());
      for (Join join : entity.getJoins()) {
        use(join.getTable(), schema, entity.getEntityName());
      }
    }
    for (Collection collection : metadata.getCollectionBindings()) {
      if (collection.getCollectionTable() != null) {
        use(collection.getCollectionTable(), schema, collection.getRole());
      }
    }
  }

  private void use(Table table, String schema, String by) {
    Set<String> users = tables.get(named(table.getQualifiedTableName(), schema));
    if (users != null) {
      users.add(by);
    }
  }

  List<Answer.Mapped> tables() {
    List<Answer.Mapped> mapped = new ArrayList<>();
    tables.forEach((name, users) -> mapped.add(new Answer.Mapped(name, List.copyOf(users))));
    return mapped;
  }

  List<Answer.Named> views() {
    return List.copyOf(views);
  }

  List<Answer.Named> sequences() {
    return List.copyOf(sequences);
  }

  List<Answer.Named> types() {
    return List.copyOf(types);
  }

  private Answer.Named named(QualifiedName name, String defaultSchema) {
    Identifier schema = name.getSchemaName();
    return new Answer.Named(
        schema == null ? stored(defaultSchema) : stored(schema), stored(name.getObjectName()));
  }

  private String stored(Identifier identifier) {
    return identifier.isQuoted() ? identifier.getText() : folded(identifier.getText());
  }

  private String stored(String text) {
    Identifier identifier = Identifier.toIdentifier(text);
    return identifier == null ? "" : stored(identifier);
  }

  private String folded(String name) {
    return foldsToLower ? name.toLowerCase(Locale.ROOT) : name;
  }

  /** Views came with Hibernate 6.3. */
  private static boolean isView(Table table) {
    try {
      return table.isView();
    } catch (NoSuchMethodError e) {
      return false;
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
