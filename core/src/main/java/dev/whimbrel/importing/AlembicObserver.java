package dev.whimbrel.importing;

import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.scratch.ScratchDatabase;
import dev.whimbrel.scratch.ScratchServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets Alembic run its revisions on a scratch database, up and down, and has written down what it
 * ran. Its connections are sent there by a module that Python loads at its start; before anything
 * is run, {@code alembic current} must have shown that they are.
 */
final class AlembicObserver {
  private static final String HOOK = "sitecustomize.py";

  private final ImportRequest request;
  private final ForeignCommand command;
  private final Path home;

  AlembicObserver(ImportRequest request, ForeignCommand command, Path home) {
    this.request = request;
    this.command = command;
    this.home = home;
  }

  /**
   * Runs everything up, then everything down.
   *
   * @param reader takes the name and the text of each script
   * @return why not all of it went up; null when it did
   */
  @Nullable WhimbrelException observe(BiConsumer<String, String> reader) {
    try {
      Path folder = Files.createTempDirectory("whimbrel-observe");
      try (ScratchServer server = request.scratch().get();
          ScratchDatabase scratch = server.create()) {
        Map<String, String> variables = new HashMap<>(DatabaseUrl.parse(scratch.url()).variables());
        Path script = folder.resolve("observed.sql");
        variables.put("WHIMBREL_OBSERVED", script.toAbsolutePath().toString());
        variables.put("PYTHONPATH", folder.toAbsolutePath().toString());
        try (InputStream hook =
            Objects.requireNonNull(AlembicObserver.class.getResourceAsStream(HOOK))) {
          Files.copy(hook, folder.resolve(HOOK));
        }
        command.run(home, List.of("current"), variables);
        requireObserved(script);
        WhimbrelException failure = run(List.of("upgrade", "heads"), variables);
        if (failure == null) {
          run(List.of("downgrade", "base"), variables);
        }
        reader.accept("what Alembic ran", TextFile.read(script).text());
        return failure;
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw TextFile.unreadable(home, e);
    }
  }

  private @Nullable WhimbrelException run(List<String> arguments, Map<String, String> variables) {
    try {
      command.run(home, arguments, variables);
      return null;
    } catch (WhimbrelException e) {
      return e;
    }
  }

  private void requireObserved(Path script) {
    if (!Files.exists(script)) {
      throw Problem.of(ErrorCode.E_SOURCE, "import.alembic-unobserved")
          .at(Place.of(TextFile.shown(request.directory())))
          .toException();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
