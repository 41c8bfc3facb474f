package dev.whimbrel.scratch;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.util.ArrayList;
import java.util.List;

/** The ways to a scratch server in the order in which they are tried. */
public final class ScratchProviders {
  private final List<ScratchProvider> providers;

  public ScratchProviders(List<ScratchProvider> providers) {
    this.providers = List.copyOf(providers);
  }

  /**
   * The first server that works; the caller closes it.
   *
   * @throws WhimbrelException {@code E_SCRATCH}, with all that was tried, when none does
   */
  public ScratchServer open(ScratchRequest request) {
    List<WhimbrelException> failures = new ArrayList<>();
    List<String> tried = new ArrayList<>();
    for (ScratchProvider provider : providers) {
      try {
        return open(provider, request);
      } catch (WhimbrelException e) {
        failures.add(e);
        tried.add("%d. %s: %s".formatted(tried.size() + 1, provider.name(), e.problem().problem()));
      }
    }
    WhimbrelException none =
        Problem.of(ErrorCode.E_SCRATCH, "scratch.none")
            .with("request", request)
            .with("tried", tried.isEmpty() ? "nothing" : String.join("\n", tried))
            .with("engine", request.engine())
            .toException(failures.isEmpty() ? null : failures.getLast());
    failures.forEach(failure -> {
      if (failure != none.getCause()) {
        none.addSuppressed(failure);
      }
    });
    throw none;
  }

  private static ScratchServer open(ScratchProvider provider, ScratchRequest request) {
    ScratchStrategy strategy = provider.open(request);
    try {
      if (!request.accepts(strategy.engine(), strategy.major())) {
        throw Problem.of(ErrorCode.E_SCRATCH, "scratch.other-version")
            .with("found", strategy.engine() + " " + strategy.major())
            .with("request", request)
            .toException();
      }
      return ScratchServer.open(strategy);
    } catch (RuntimeException e) {
      strategy.close();
      throw e;
    }
  }
}
