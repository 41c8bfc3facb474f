package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.schema.AccessContent.DefaultPrivilege;
import dev.whimbrel.schema.AccessContent.Grant;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.TableContent;
import java.util.ArrayList;
import java.util.List;

/**
 * What default privileges in force give to something new. Whose they are does not count: to revoke
 * what nobody was given changes nothing.
 */
final class PostgresqlDefaultPrivileges {
  private PostgresqlDefaultPrivileges() {}

  static List<Fact> bestowed(Fact created, List<Fact> defaults) {
    String objects =
        switch (created.kind()) {
          case TABLE, VIEW, MATERIALIZED_VIEW -> "TABLES";
          case SEQUENCE, IDENTITY -> "SEQUENCES";
          case ROUTINE, AGGREGATE -> "FUNCTIONS";
          case ENUM, DOMAIN, COMPOSITE, RANGE -> "TYPES";
          case NAMESPACE -> "SCHEMAS";
          default -> "";
        };
    List<Fact> found = new ArrayList<>();
    FactId target = target(created);
    for (Fact fact : defaults) {
      FactId id = fact.id();
      boolean everywhere = id.segment(1).isEmpty();
      if (id.segment(2).equals(objects)
          && (everywhere || id.segment(1).equals(target.segment(0)))) {
        FactId grant = FactId.on(Kind.GRANT, target, id.segment(3), id.segment(4));
        found.add(new Fact(grant, new Grant(((DefaultPrivilege) fact.content()).mode())));
      }
    }
    return found;
  }

  private static FactId target(Fact created) {
    if (!(created.content() instanceof TableContent.Identity identity)) {
      return created.id();
    }
    List<String> sequence = PostgresqlRenderSequence.of(created.id(), identity);
    return new FactId(Kind.SEQUENCE, sequence);
  }
}
