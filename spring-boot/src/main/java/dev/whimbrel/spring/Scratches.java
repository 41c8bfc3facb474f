package dev.whimbrel.spring;

import dev.whimbrel.Whimbrel;
import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedScratch;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.util.ClassUtils;

/** Where the facade makes scratch databases; never on the server of the application. */
final class Scratches {
  private Scratches() {}

  /** {@code whimbrel.scratch-url}, then embedded PostgreSQL; nothing is started before its use. */
  static void add(Whimbrel.Builder builder, WhimbrelProperties properties) {
    if (properties.scratchUrl() != null) {
      builder.scratchUrl("whimbrel.scratch-url", properties.scratchUrl(), null, null);
    }
    if (ClassUtils.isPresent("dev.whimbrel.embedded.EmbeddedScratch", null)) {
      Embedded.add(builder);
    }
    String directory = Objects.requireNonNullElse(properties.embeddedDirectory(), "");
    builder.scratchFolder(Path.of(directory).toAbsolutePath().resolve(".whimbrel/scratch"));
  }

  /** Apart, because its classes may not be there. */
  private static final class Embedded {
    private Embedded() {}

    static void add(Whimbrel.Builder builder) {
      builder.scratch(EmbeddedScratch.usual(System.getenv(), EmbeddedPostgres.DEFAULT_MAJOR));
    }
  }
}
