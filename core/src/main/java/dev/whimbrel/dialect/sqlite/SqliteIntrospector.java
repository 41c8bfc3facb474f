package dev.whimbrel.dialect.sqlite;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.introspect.CatalogQuery;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.introspect.Introspector;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Splitter;
import dev.whimbrel.sql.Token;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;

/**
 * Reads an SQLite database as the statements that made its objects.
 *
 * <p>SQLite keeps no catalog but these texts. White space and comments in them do not count; any
 * other difference in spelling does. The indexes that constraints bring have no text and are part
 * of their table.
 */
public final class SqliteIntrospector implements Introspector {
  private static final String OBJECTS =
      """
      select type, name, tbl_name as owner, sql from sqlite_master
      where sql is not null and name not like 'sqlite\\_%' escape '\\'
      """;

  private final Splitter splitter = new Splitter(Lexis.sqlite());

  @Override
  public Schema introspect(Connection connection, IntrospectOptions options) {
    String history = options.historySchema() + "_";
    Schema.Builder schema = Schema.builder();
    try {
      CatalogQuery.each(
          connection,
          OBJECTS,
          row -> {
            String name = row.text("name");
            String owner = row.text("owner");
            if (name.startsWith(history) || owner.startsWith(history)) {
              return;
            }
            FactId id = FactId.of(Kind.VERBATIM, row.text("type"), name);
            schema.add(id, new Content.Verbatim(plain(row.text("sql"))));
            if (!owner.equals(name)) {
              schema.depends(id, FactId.of(Kind.VERBATIM, "table", owner));
              schema.depends(id, FactId.of(Kind.VERBATIM, "view", owner));
            }
          });
    } catch (SQLException e) {
      throw Problem.of(ErrorCode.E_SOURCE, "introspect.failed")
          .with("reason", String.valueOf(e.getMessage()))
          .toException(e);
    }
    return schema.build();
  }

  private String plain(String sql) {
    return splitter.tokens(sql).stream().map(Token::text).collect(Collectors.joining(" "));
  }
}
