package dev.whimbrel.revision;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys at the top of a revision file and their values. */
final class Header {
  /** The keys, in the order in which they are written. */
  enum Key {
    REVISION,
    REVISES,
    MESSAGE,
    CREATED,
    LABELS,
    DEPENDS,
    PHASE,
    GENERATED;

    private static final List<Key> ALL = List.of(values());
    private final String word = name().toLowerCase(Locale.ROOT);

    String word() {
      return word;
    }

    static Optional<Key> of(String word) {
      for (Key key : ALL) {
        if (key.word.equals(word)) {
          return Optional.of(key);
        }
      }
      return Optional.empty();
    }

    static List<String> words() {
      return Stream.of(values()).map(Key::word).toList();
    }
  }

  private record Value(String text, Place place) {}

  private final Map<Key, Value> values = new EnumMap<>(Key.class);
  private final String file;

  Header(String file) {
    this.file = file;
  }

  /** Takes a line {@code -- key: value}. */
  void add(String word, String value, Place place) {
    Key key = Key.of(word).orElseThrow(() -> unknown(word, place));
    Value earlier = values.putIfAbsent(key, new Value(value, place));
    if (earlier != null) {
      throw Problem.of(ErrorCode.E_REVISION, "revision.key-twice")
          .with("key", word)
          .with("line", earlier.place().line())
          .at(place)
          .toException();
    }
  }

  String id() {
    Value value = values.get(Key.REVISION);
    if (value == null || value.text().isEmpty()) {
      Place where = value == null ? Place.of(file, 1) : value.place();
      throw Problem.of(ErrorCode.E_REVISION, "revision.no-id").at(where).toException();
    }
    return RevisionId.check(value.text(), value.place());
  }

  List<String> revises() {
    Value value = values.get(Key.REVISES);
    if (value == null || value.text().equals("none")) {
      return List.of();
    }
    return list(value).stream().map(id -> RevisionId.check(id, value.place())).toList();
  }

  List<String> labels() {
    Value value = values.get(Key.LABELS);
    if (value == null) {
      return List.of();
    }
    return list(value).stream().map(label -> RevisionId.check(label, value.place())).toList();
  }

  List<String> depends() {
    Value value = values.get(Key.DEPENDS);
    return value == null
        ? List.of()
        : list(value).stream().map(id -> RevisionId.check(id, value.place())).toList();
  }

  String message() {
    Value value = values.get(Key.MESSAGE);
    return value == null ? "" : value.text();
  }

  @Nullable String generated() {
    Value value = values.get(Key.GENERATED);
    return value == null ? null : value.text();
  }

  @Nullable Instant created() {
    Value value = values.get(Key.CREATED);
    if (value == null) {
      return null;
    }
    try {
      return Instant.parse(value.text());
    } catch (DateTimeParseException e) {
      throw Problem.of(ErrorCode.E_REVISION, "revision.created")
          .with("value", value.text())
          .at(value.place())
          .toException(e);
    }
  }

  @Nullable Phase phase() {
    Value value = values.get(Key.PHASE);
    if (value == null) {
      return null;
    }
    return Stream.of(Phase.values())
        .filter(phase -> phase.name().toLowerCase(Locale.ROOT).equals(value.text()))
        .findFirst()
        .orElseThrow(() ->
            Problem.of(ErrorCode.E_REVISION, "revision.phase")
                .with("value", value.text())
                .at(value.place())
                .toException());
  }

  /** What runs again and again follows nothing, and is no step between two versions. */
  void refuseInRepeatable() {
    for (Key key : List.of(Key.REVISES, Key.LABELS, Key.PHASE)) {
      Value value = values.get(key);
      if (value != null && !(key == Key.REVISES && revises().isEmpty())) {
        throw Problem.of(ErrorCode.E_REVISION, "revision.repeatable-key")
            .with("key", key.word())
            .with("value", value.text())
            .at(value.place())
            .toException();
      }
    }
  }

  /** The first key, in canonical order, that the other header has not or has differently. */
  Optional<String> firstDifference(Header other) {
    return Stream.of(Key.values())
        .filter(key -> !text(key).equals(other.text(key)))
        .map(Key::word)
        .findFirst();
  }

  private String text(Key key) {
    Value value = values.get(key);
    return value == null ? "" : value.text();
  }

  private static List<String> list(Value value) {
    if (value.text().isEmpty()) {
      return List.of();
    }
    List<String> items = Stream.of(value.text().split(",", -1)).map(String::strip).toList();
    for (String item : items) {
      if (item.isEmpty()) {
        throw Problem.of(ErrorCode.E_REVISION, "revision.empty-item")
            .with("value", value.text())
            .at(value.place())
            .toException();
      }
    }
    return items.stream().distinct().toList();
  }

  private static WhimbrelException unknown(String word, Place place) {
    String meant =
        Nearest.to(word, Key.words()).map(near -> "Did you mean " + near + "? ").orElse("");
    return Problem.of(ErrorCode.E_REVISION, "revision.unknown-key")
        .with("key", word)
        .with("meant", meant)
        .with("known", String.join(", ", Key.words()))
        .at(place)
        .toException();
  }
}
