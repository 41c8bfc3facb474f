package dev.whimbrel.hibernate.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hibernate settings with their origin, later ones beating earlier ones; not thread-safe. */
final class Settings {
  static final String PHYSICAL_NAMING = "hibernate.physical_naming_strategy";
  static final String IMPLICIT_NAMING = "hibernate.implicit_naming_strategy";
  static final String DIALECT = "hibernate.dialect";

  /** What would connect, start threads or other systems, or has no say in the schema. */
  private static final List<String> DROPPED =
      List.of(
          "hibernate.connection.",
          "jakarta.persistence.jdbc.",
          "jakarta.persistence.schema-generation.",
          "jakarta.persistence.sql-load-script-source",
          "jakarta.persistence.create-database-schemas",
          "jakarta.persistence.nonJtaDataSource",
          "jakarta.persistence.jtaDataSource",
          "jakarta.persistence.sharedCache.mode",
          "jakarta.persistence.bean.manager",
          "jakarta.persistence.provider",
          "jakarta.persistence.transactionType",
          "jakarta.persistence.database-",
          "javax.persistence.",
          "hibernate.agroal.",
          "hibernate.c3p0.",
          "hibernate.hikari.",
          "hibernate.proxool.",
          "hibernate.cache.",
          "hibernate.javax.cache.",
          "hibernate.search.",
          "hibernate.generate_statistics",
          "hibernate.jndi.",
          "hibernate.jmx.",
          "hibernate.session.",
          "hibernate.session_factory.",
          "hibernate.session_factory_",
          "hibernate.ejb.",
          "hibernate.event.",
          "hibernate.transaction.",
          "hibernate.current_session_context_class",
          "hibernate.multi_tenant_connection_provider",
          "hibernate.tenant_identifier_resolver",
          "hibernate.resource.beans.container",
          "hibernate.delay_cdi_access",
          "hibernate.archive.",
          "hibernate.show_sql",
          "hibernate.format_sql",
          "hibernate.highlight_sql",
          "hibernate.use_sql_comments",
          "hibernate.jdbc.batch_size",
          "hibernate.jdbc.fetch_size",
          "hibernate.order_",
          "hibernate.schema_management_tool",
          "hibernate.integrator_provider",
          "hibernate.temp.use_jdbc_metadata_defaults",
          "hibernate.boot.allow_jdbc_metadata_access",
          "hibernate.query.");

  private static final Set<String> KEPT_OF_HBM2DDL =
      Set.of("hibernate.hbm2ddl.default_constraint_mode", "hibernate.hbm2ddl.charset_name");

  private record Entry(Object value, String shownAs, String origin) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<Answer.Origin> notes = new ArrayList<>();

  Settings copy() {
    Settings copy = new Settings();
    copy.entries.putAll(entries);
    copy.notes.addAll(notes);
    return copy;
  }

  /** Sets a value unless the setting has no say in the schema. */
  void put(String key, Object value, String origin) {
    put(key, value, key, origin);
  }

  /**
   * Sets a value.
   *
   * @param shownAs the key under which the user knows it
   */
  void put(String key, Object value, String shownAs, String origin) {
    if (!isDropped(key)) {
      entries.put(key, new Entry(value, shownAs, origin));
    }
  }

  /** Reports something that decides about settings without being one of Hibernate's. */
  void note(String key, String value, String origin) {
    notes.add(new Answer.Origin(key, value, origin));
  }

  void remove(String key) {
    entries.remove(key);
  }

  @Nullable Object get(String key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.value;
  }

  /** The settings for Hibernate, in a new map. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    entries.forEach((key, entry) -> values.put(key, entry.value));
    return values;
  }

  List<Answer.Origin> origins() {
    List<Answer.Origin> origins = new ArrayList<>(notes);
    entries.forEach((key, entry) ->
        origins.add(new Answer.Origin(entry.shownAs, shown(entry.value), entry.origin)));
    return origins;
  }

  private static String shown(Object value) {
    return value instanceof Class<?> type ? type.getName() : String.valueOf(value);
  }

  private static boolean isDropped(String key) {
    if (key.startsWith("hibernate.hbm2ddl.")) {
      return !KEPT_OF_HBM2DDL.contains(key);
    }
    return DROPPED.stream().anyMatch(key::startsWith);
  }
}
