package dev.whimbrel.embedded;

import dev.whimbrel.dialect.postgresql.PostgresqlScratch;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.scratch.ScratchProvider;
import dev.whimbrel.scratch.ScratchRequest;
import dev.whimbrel.scratch.ScratchStrategy;
import java.util.Map;
import java.util.function.Supplier;

/** Scratch databases on an embedded server of the major version that is asked for. */
public final class EmbeddedScratch implements ScratchProvider {
  private final Supplier<EmbeddedSettings> settings;
  private final int preferred;

  public EmbeddedScratch(EmbeddedSettings settings) {
    this(settings, EmbeddedPostgres.DEFAULT_MAJOR);
  }

  private EmbeddedScratch(Supplier<EmbeddedSettings> settings, int preferred) {
    this.settings = settings;
    this.preferred = preferred;
  }

  /** The same with the usual settings, which are looked up only when a server is needed. */
  public static EmbeddedScratch usual(Map<String, String> environment, int preferred) {
    return new EmbeddedScratch(() -> EmbeddedSettings.of(environment), preferred);
  }

  /**
   * Scratch databases.
   *
   * @param preferred the major version where any will do
   */
  public EmbeddedScratch(EmbeddedSettings settings, int preferred) {
    this(() -> settings, preferred);
  }

  @Override
  public String name() {
    return "embedded PostgreSQL";
  }

  @Override
  public ScratchStrategy open(ScratchRequest request) {
    if (!request.engine().equals("postgresql")) {
      throw Problem.of(ErrorCode.E_SCRATCH, "scratch.other-engine")
          .with("request", request)
          .toException();
    }
    int major = request.major() == 0 ? preferred : request.major();
    EmbeddedPostgres server = EmbeddedPostgres.scratch(settings.get(), major);
    return PostgresqlScratch.owned(
        server.url("postgres"), "embedded PostgreSQL " + server.version(), server::close);
  }
}
