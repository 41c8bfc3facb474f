package dev.whimbrel.hazard;

import java.util.Comparator;

/** {@code REFRESH MATERIALIZED VIEW} without {@code CONCURRENTLY}. */
final class RefreshesLocking implements Rule {
  @Override
  public String code() {
    return "W108";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (long rewritten : seen.rewrites()) {
      Catalog.Relation view = seen.before().relations().get(rewritten);
      if (view != null && view.kind() == 'm' && seen.existing(rewritten) && seen.says("refresh")) {
        bench.report(
            seen,
            rewritten,
            Severity.WARN,
            "Nobody can read %s while it is filled again.".formatted(view.qualified()),
            saferWay(seen, view));
      }
    }
  }

  private static String saferWay(Observation seen, Catalog.Relation view) {
    boolean unique =
        seen.before().indexes().values().stream()
            .anyMatch(each ->
                each.relation() == view.oid()
                    && each.unique()
                    && !each.partial()
                    && !each.columns().contains(0));
    String column =
        view.columns().values().stream()
            .min(Comparator.comparingInt(Catalog.Column::number))
            .map(Catalog.Column::name)
            .map(Names::quoted)
            .orElse("id");
    String index =
        "create unique index concurrently on %s (%s);  -- the columns that tell its rows apart\n"
            .formatted(view.qualified(), column);
    return (unique ? "" : index)
        + "refresh materialized view concurrently %s;".formatted(view.qualified());
  }
}
