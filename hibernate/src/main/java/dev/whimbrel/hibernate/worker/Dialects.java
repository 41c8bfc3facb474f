package dev.whimbrel.hibernate.worker;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the application's dialect only where it speaks the target's language. */
final class Dialects {
  private static final Map<String, String> STANDARD =
      Map.of(
          "postgresql", "org.hibernate.dialect.PostgreSQLDialect",
          "mysql", "org.hibernate.dialect.MySQLDialect",
          "mariadb", "org.hibernate.dialect.MySQLDialect",
          "sqlite", "org.hibernate.community.dialect.SQLiteDialect");

  private Dialects() {}

  /** Drops a dialect of another engine, such as H2's from a profile for tests, with a warning. */
  static void fit(Settings settings, String product, List<String> warnings) {
    Object chosen = settings.get(Settings.DIALECT);
    String standard = STANDARD.get(product.toLowerCase(Locale.ROOT));
    if (chosen == null || standard == null) {
      return;
    }
    String name = chosen instanceof Class<?> type ? type.getName() : chosen.toString();
    Class<?> dialect = loaded(name.strip());
    Class<?> wanted = loaded(standard);
    if (dialect == null || wanted == null || !wanted.isAssignableFrom(dialect)) {
      settings.remove(Settings.DIALECT);
      String reason = dialect == null ? "is not on the class path" : "is not for " + product;
      warnings.add(
          "hibernate.dialect = %s is left out, it %s; Hibernate's own dialect for %s is used."
              .formatted(name, reason, product));
    }
  }

  private static @Nullable Class<?> loaded(String name) {
    try {
      return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }
}
