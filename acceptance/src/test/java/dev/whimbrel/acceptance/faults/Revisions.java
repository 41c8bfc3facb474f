package dev.whimbrel.acceptance.faults;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.whimbrel.Event;
import dev.whimbrel.Options;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.error.WhimbrelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A folder of revisions, written one after the other, and what is deployed from it. */
record Revisions(Path folder, String url) {
  /** Adds a revision after the one that was added before. */
  Revisions add(String id, String up, String down) throws IOException {
    Path head = folder.resolve("HEAD");
    String parent = Files.exists(head) ? Files.readString(head).strip() : "";
    Files.writeString(
        folder.resolve(id + ".sql"),
        "-- revision: %s\n-- revises: %s\n-- message: %s\n\n-- +upgrade\n\n%s;\n\n-- +downgrade\n\n%s;\n"
            .formatted(id, parent, id, up, down));
    Files.writeString(head, id + "\n");
    return this;
  }

  /** With a few options, as {@code name=value}. */
  Whimbrel with(Consumer<Event> events, String... options) {
    return at(url, events, options);
  }

  Whimbrel at(String other, Consumer<Event> events, String... options) {
    Options all = Options.defaults();
    for (String option : options) {
      int equals = option.indexOf('=');
      all = all.with(option.substring(0, equals), option.substring(equals + 1));
    }
    return Whimbrel.in(folder).url(other).options(all).events(events).build();
  }

  Whimbrel whimbrel() {
    return with(event -> {});
  }

  /** How a call is refused. */
  static WhimbrelException refusal(ThrowingCallable call) {
    WhimbrelException refusal = catchThrowableOfType(WhimbrelException.class, call);
    if (refusal == null) {
      throw new AssertionError("it went through");
    }
    return refusal;
  }
}
