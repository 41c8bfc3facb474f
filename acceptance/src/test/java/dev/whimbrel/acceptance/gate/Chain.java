package dev.whimbrel.acceptance.gate;

import dev.whimbrel.Options;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.embedded.EmbeddedScratch;
import dev.whimbrel.embedded.EmbeddedSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of revisions and a database, with a server for scratch databases. */
record Chain(Path folder, String url) {
  /** Adds a revision to the last that was added. */
  void add(String id, String up) throws IOException {
    Path head = folder.resolve("HEAD");
    add(id, Files.exists(head) ? Files.readString(head).strip() : "", up);
    Files.writeString(head, id + "\n");
  }

  /** Adds a revision anywhere; HEAD stays. */
  void add(String id, String revises, String up) throws IOException {
    Files.writeString(
        folder.resolve(id + ".sql"),
        "-- revision: %s\n-- revises: %s\n-- message: %s\n\n-- +upgrade\n\n%s;\n\n-- +downgrade\n\nselect 1;\n"
            .formatted(id, revises, id, up));
  }

  Whimbrel whimbrel(String... options) {
    return at(url, options);
  }

  /** With a few options, as {@code name=value}. */
  Whimbrel at(String other, String... options) {
    Options all = Options.defaults();
    for (String option : options) {
      int equals = option.indexOf('=');
      all = all.with(option.substring(0, equals), option.substring(equals + 1));
    }
    return Whimbrel.in(folder)
        .url(other)
        .options(all)
        .scratch(new EmbeddedScratch(EmbeddedSettings.of(System.getenv())))
        .build();
  }
}
