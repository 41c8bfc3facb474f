package dev.whimbrel;

import dev.whimbrel.dialect.sqlite.SqliteScratch;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.scratch.ScratchProvider;
import dev.whimbrel.scratch.ScratchRequest;
import dev.whimbrel.scratch.ScratchStrategy;
import java.nio.file.Path;

/** Scratch databases that are files of a folder, for the engine that keeps them so. */
record FolderScratch(Path folder) implements ScratchProvider {
  @Override
  public String name() {
    return "a folder";
  }

  @Override
  public ScratchStrategy open(ScratchRequest request) {
    if (!request.engine().equals("sqlite")) {
      throw Problem.of(ErrorCode.E_SCRATCH, "scratch.other-engine")
          .with("request", request)
          .toException();
    }
    return SqliteScratch.in(folder);
  }
}
