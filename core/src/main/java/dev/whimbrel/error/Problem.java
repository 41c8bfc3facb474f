package dev.whimbrel.error;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, where, and the next step.
 *
 * @param code the stable kind
 * @param key the text's key in the catalogue, such as {@code revision.unknown-key}
 * @param problem what happened and why; one or more lines without a final line end
 * @param remedy the next step; empty only where there is none
 * @param place where, if it is a place in a file
 * @param statement the SQL statement it is about, if any
 * @param position 1-based character in {@code statement} at which the engine points, 0 if unknown
 * @param done what was completed before it, in order
 * @param notDone what was not, in order
 */
public record Problem(
    ErrorCode code,
    String key,
    String problem,
    String remedy,
    @Nullable Place place,
    @Nullable String statement,
    int position,
    List<String> done,
    List<String> notDone) {

  public Problem {
    done = List.copyOf(done);
    notDone = List.copyOf(notDone);
  }

  /**
   * Starts a problem whose texts are {@code KEY.problem} and {@code KEY.remedy} of the catalogue.
   */
  public static Builder of(ErrorCode code, String key) {
    return new Builder(code, key);
  }

  /** The exception that carries this problem. */
  public WhimbrelException toException() {
    return new WhimbrelException(this, null);
  }

  /** Collects the parts of a problem; not thread-safe. */
  public static final class Builder {
    private final ErrorCode code;
    private final String key;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> done = new ArrayList<>();
    private final List<String> notDone = new ArrayList<>();
    private @Nullable Place place;
    private @Nullable String statement;
    private int position;

    private Builder(ErrorCode code, String key) {
      this.code = code;
      this.key = key;
    }

    /** Gives the text's placeholder {@code {name}} its value, in which passwords are hidden. */
    public Builder with(String name, Object value) {
      values.put(name, Secrets.hidden(String.valueOf(value)));
      return this;
    }

    public Builder at(@Nullable Place newPlace) {
      place = newPlace;
      return this;
    }

    /**
     * Names the statement it is about; passwords in it are hidden.
     *
     * @param sql the statement's text
     * @param newPosition 1-based character in {@code sql}, 0 if unknown
     */
    public Builder statement(String sql, int newPosition) {
      statement = Secrets.hidden(sql);
      position = newPosition;
      return this;
    }

    public Builder done(List<String> items) {
      done.addAll(items);
      return this;
    }

    public Builder notDone(List<String> items) {
      notDone.addAll(items);
      return this;
    }

    public Problem build() {
      return new Problem(
          code,
          key,
          Messages.text(key + ".problem", values),
          Messages.text(key + ".remedy", values),
          place,
          statement,
          position,
          done,
          notDone);
    }

    public WhimbrelException toException() {
      return build().toException();
    }

    public WhimbrelException toException(@Nullable Throwable cause) {
      return new WhimbrelException(build(), cause);
    }
  }
}
