package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.introspect.CatalogRow;
import dev.whimbrel.schema.AccessContent.Grant;
import dev.whimbrel.schema.AccessContent.GrantMode;
import dev.whimbrel.schema.AccessContent.Owner;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns owners and access control lists into facts: what differs from what the server gives. */
final class PostgresqlAcl {
  private static final Map<Character, String> PRIVILEGES =
      Map.ofEntries(
          Map.entry('r', "SELECT"),
          Map.entry('w', "UPDATE"),
          Map.entry('a', "INSERT"),
          Map.entry('d', "DELETE"),
          Map.entry('D', "TRUNCATE"),
          Map.entry('x', "REFERENCES"),
          Map.entry('t', "TRIGGER"),
          Map.entry('m', "MAINTAIN"),
          Map.entry('X', "EXECUTE"),
          Map.entry('U', "USAGE"),
          Map.entry('C', "CREATE"),
          Map.entry('T', "TEMPORARY"),
          Map.entry('c', "CONNECT"),
          Map.entry('s', "SET"),
          Map.entry('A', "ALTER SYSTEM"));

  private final PostgresqlCatalog catalog;

  PostgresqlAcl(PostgresqlCatalog catalog) {
    this.catalog = catalog;
  }

  /** What privileges are on, and whom the server gives which by itself. */
  enum Target {
    TABLE("arwdDxt", "m", ""),
    COLUMN("", "", ""),
    SEQUENCE("rwU", "", ""),
    ROUTINE("X", "", "X"),
    TYPE("U", "", "U"),
    SCHEMA("UC", "", ""),
    FOREIGN("U", "", "");

    private final String owner;
    private final String ownerSince17;
    private final String everybody;

    Target(String owner, String ownerSince17, String everybody) {
      this.owner = owner;
      this.ownerSince17 = ownerSince17;
      this.everybody = everybody;
    }
  }

  /** Takes one privilege that is not there by itself. */
  @FunctionalInterface
  interface Sink {
    void take(String grantee, String privilege, GrantMode mode);
  }

  /** Adds the owner in the row's column {@code owner}, if owners count. */
  void owned(FactId id, CatalogRow row) throws SQLException {
    String role = row.text("owner");
    if (catalog.options().owners() && !catalog.options().outside().hasRole(role)) {
      catalog.schema().add(FactId.on(Kind.OWNER, id), new Owner(role));
    }
  }

  /** Adds the grants in the row's columns {@code acl} and {@code owner}, if grants count. */
  void grants(FactId id, Target target, CatalogRow row) throws SQLException {
    if (!catalog.options().grants() || row.textOrNull("acl") == null) {
      return;
    }
    compare(
        row.texts("acl"),
        row.text("owner"),
        target,
        (grantee, privilege, mode) ->
            catalog.schema().add(FactId.on(Kind.GRANT, id, grantee, privilege), new Grant(mode)));
  }

  /** Gives {@code sink} what a list of aclitems grants beyond, or takes from, the built-in ones. */
  void compare(List<String> items, String owner, Target target, Sink sink) {
    String ofOwner = target.owner + (catalog.has(17) ? target.ownerSince17 : "");
    Set<String> missing = new HashSet<>();
    ofOwner.chars().forEach(code -> missing.add(owner + "=" + (char) code));
    target.everybody.chars().forEach(code -> missing.add("=" + (char) code));
    for (String item : items) {
      int[] end = new int[1];
      String grantee = name(item, end);
      String codes = item.substring(end[0] + 1, item.indexOf('/', end[0]));
      for (int i = 0; i < codes.length(); i++) {
        char code = codes.charAt(i);
        boolean option = i + 1 < codes.length() && codes.charAt(i + 1) == '*';
        i += option ? 1 : 0;
        boolean given = missing.remove(grantee + "=" + code);
        if (!grantee.equals(owner) && (!given || option)) {
          emit(sink, grantee, code, option ? GrantMode.WITH_GRANT_OPTION : GrantMode.GRANTED);
        }
      }
    }
    for (String lost : missing) {
      int last = lost.length() - 1;
      emit(sink, lost.substring(0, last - 1), lost.charAt(last), GrantMode.REVOKED);
    }
  }

  private void emit(Sink sink, String grantee, char code, GrantMode mode) {
    if (!catalog.options().outside().hasRole(grantee)) {
      sink.take(
          grantee.isEmpty() ? "PUBLIC" : grantee, PRIVILEGES.getOrDefault(code, "" + code), mode);
    }
  }

  /** The role before the equals sign, without its quotes; {@code end[0]} is that sign's place. */
  private static String name(String item, int[] end) {
    if (!item.startsWith("\"")) {
      end[0] = item.indexOf('=');
      return item.substring(0, end[0]);
    }
    StringBuilder name = new StringBuilder();
    int i = 1;
    while (item.charAt(i) != '"' || item.charAt(i + 1) == '"') {
      i += item.charAt(i) == '"' ? 1 : 0;
      name.append(item.charAt(i++));
    }
    end[0] = i + 1;
    return name.toString();
  }
}
