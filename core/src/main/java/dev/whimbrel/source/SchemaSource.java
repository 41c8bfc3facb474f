package dev.whimbrel.source;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.nio.file.Path;
import java.util.List;

/** Something that says what a schema should be. */
public sealed interface SchemaSource {
  /**
   * SQL in a file, or in the {@code .sql} files of a folder and its sub-folders, in the order of
   * their paths.
   */
  record Files(Path path) implements SchemaSource {
    @Override
    public String toString() {
      return "file:" + path;
    }
  }

  /** A live database; its text form has no password. */
  record Database(String url) implements SchemaSource {
    @Override
    public String toString() {
      return "db:"
          + url.replaceFirst("//([^/@:]*):[^/@]*@", "//$1@")
              .replaceAll("(?i)([?&](?:ssl)?password=)[^&]*", "$1***");
    }
  }

  /** The revisions up to an address, base included. */
  record Revisions(String address) implements SchemaSource {
    @Override
    public String toString() {
      return "rev:" + address;
    }
  }

  /** The models that the configuration names. */
  record Entities() implements SchemaSource {
    @Override
    public String toString() {
      return "entities";
    }
  }

  /**
   * Reads {@code entities}, {@code file:PATH}, {@code db:URL} or {@code rev:ADDRESS}.
   *
   * @param directory what a relative path is relative to
   * @throws dev.whimbrel.error.WhimbrelException {@code E_USAGE} for anything else
   */
  static SchemaSource parse(String text, Path directory) {
    if (text.equals("entities")) {
      return new Entities();
    }
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    if (rest.isEmpty()) {
      throw unknown(text, kind);
    }
    return switch (kind) {
      case "file" -> new Files(directory.resolve(rest));
      case "db" -> new Database(rest);
      case "rev" -> new Revisions(rest);
      default -> throw unknown(text, kind);
    };
  }

  private static WhimbrelException unknown(String text, String kind) {
    List<String> forms = List.of("entities", "file:PATH", "db:URL", "rev:ADDRESS");
    return Problem.of(ErrorCode.E_USAGE, "source.unknown")
        .with("text", text)
        .with(
            "nearest",
            Nearest.to(kind, List.of("entities", "file", "db", "rev"))
                .map(word ->
                    forms.stream().filter(form -> form.startsWith(word)).findFirst().orElse(word))
                .orElseGet(() -> String.join(", ", forms)))
        .toException();
  }
}
