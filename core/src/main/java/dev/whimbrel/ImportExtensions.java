package dev.whimbrel;

import dev.whimbrel.importing.Imported;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.introspect.Outside;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Extensions that a database has and no migration makes: somebody made them by hand, before. The
 * first revision then makes them, or it would not run on an empty database.
 */
final class ImportExtensions {
  private static final String BUILT_IN = "plpgsql";

  private ImportExtensions() {}

  /** The same files; the first one makes what is missing, and a note says so. */
  static Imported made(Imported files, Looking looking, String platform, List<String> notes)
      throws SQLException {
    IntrospectOptions options =
        IntrospectOptions.defaults()
            .withHistorySchema(looking.tables().home())
            .withOutside(platform.isEmpty() ? Outside.NOTHING : Outside.preset(platform));
    List<String> names = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    for (Fact fact :
        Engines.introspector(looking.dialect().name())
            .introspect(looking.connection(), options)
            .facts()) {
      if (fact.kind() == Kind.EXTENSION
          && fact.content() instanceof Content.Extension extension
          && !fact.id().name().equals(BUILT_IN)
          && !makes(files, fact.id().name())) {
        names.add(fact.id().name());
        sql.append(create(fact.id().name(), extension.schema()));
      }
    }
    if (names.isEmpty() || files.revisions().isEmpty()) {
      return files;
    }
    notes.add(
        "no migration makes the extension"
            + (names.size() > 1 ? "s " : " ")
            + String.join(", ", names)
            + ", which the database has: the first revision does, where it is missing");
    return files.beginningWith(sql + "\n");
  }

  private static String create(String name, String schema) {
    String home =
        schema.equals("public") ? "" : "create schema if not exists " + quoted(schema) + ";\n";
    String in = schema.equals("pg_catalog") ? "" : " schema " + quoted(schema);
    return (schema.equals("pg_catalog") ? "" : home)
        + "create extension if not exists "
        + quoted(name)
        + in
        + ";\n";
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static boolean makes(Imported files, String name) {
    Pattern create =
        Pattern.compile(
            "(?is)\\bcreate\\s+extension\\s+(?:if\\s+not\\s+exists\\s+)?\"?"
                + Pattern.quote(name)
                + "\\b");
    return files.revisions().stream().anyMatch(one -> create.matcher(one.draft().upgrade()).find());
  }
}
