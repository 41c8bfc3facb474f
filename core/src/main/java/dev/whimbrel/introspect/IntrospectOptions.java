package dev.whimbrel.introspect;

import java.util.Set;

/**
 * What of a database counts.
 *
 * @param onlySchemas the schemas to read; empty means all that are not outside
 * @param outside what belongs to the platform or to other tools
 * @param owners whether owners are facts; off by default, because the role that creates objects on
 *     a scratch database is seldom the one that owns them in production
 * @param grants whether grants and default privileges are facts; on by default. Turn them off to
 *     compare databases that do not have the same roles, such as a scratch database with its target
 * @param historySchema where Whimbrel keeps its own tables; never read
 */
public record IntrospectOptions(
    Set<String> onlySchemas,
    Outside outside,
    boolean owners,
    boolean grants,
    String historySchema) {

  public IntrospectOptions {
    onlySchemas = Set.copyOf(onlySchemas);
  }

  /** All schemas, no platform, grants but no owners. */
  public static IntrospectOptions defaults() {
    return new IntrospectOptions(Set.of(), Outside.NOTHING, false, true, "whimbrel");
  }

  public IntrospectOptions withOnlySchemas(Set<String> schemas) {
    return new IntrospectOptions(schemas, outside, owners, grants, historySchema);
  }

  public IntrospectOptions withOutside(Outside other) {
    return new IntrospectOptions(onlySchemas, other, owners, grants, historySchema);
  }

  public IntrospectOptions withOwners(boolean wanted) {
    return new IntrospectOptions(onlySchemas, outside, wanted, grants, historySchema);
  }

  public IntrospectOptions withGrants(boolean wanted) {
    return new IntrospectOptions(onlySchemas, outside, owners, wanted, historySchema);
  }

  public IntrospectOptions withHistorySchema(String schema) {
    return new IntrospectOptions(onlySchemas, outside, owners, grants, schema);
  }

  /** Whether the objects of a schema are read. */
  public boolean reads(String schema) {
    return !schema.equals(historySchema)
        && (onlySchemas.isEmpty() ? !outside.hasSchema(schema) : onlySchemas.contains(schema));
  }
}
