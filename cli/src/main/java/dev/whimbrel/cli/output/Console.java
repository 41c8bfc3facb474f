package dev.whimbrel.cli.output;

import dev.whimbrel.Event;
import dev.whimbrel.error.Problem;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes: the payload to stdout, as text, as one JSON object or as a stream of
 * them; the log to stderr.
 *
 * <p>Commands run on one thread; only the progress bar draws from another.
 */
public final class Console {
  /** What stdout is for. */
  public enum Mode {
    TEXT,
    JSON,
    NDJSON
  }

  /**
   * How to write.
   *
   * @param ascii no emoji
   * @param colour of the lines on a terminal
   * @param progress whether a progress bar may be drawn: stdout and stderr are a terminal
   * @param verbose the details too
   */
  public record Manner(
      Mode mode, boolean ascii, boolean colour, boolean progress, boolean verbose) {}

  private final PrintStream out;
  private final PrintStream err;
  private final Manner manner;
  private final Style style;
  private @Nullable Progress progress;

  public Console(PrintStream out, PrintStream err, Manner manner) {
    this.out = out;
    this.err = err;
    this.manner = manner;
    this.style = new Style(manner.ascii(), manner.colour());
  }

  /** Whether people read stdout, rather than programs. */
  public boolean isText() {
    return manner.mode() == Mode.TEXT;
  }

  /** A line of the payload; programs get the result instead. */
  public void line(String line) {
    if (isText()) {
      write(out, style.line(line));
    }
  }

  /** Something that is not the payload. */
  public void log(String line) {
    write(err, style.line(line));
  }

  /** Says what happens, as it happens. */
  public void event(Event event) {
    say(event, true);
  }

  /** Says only what is logged, for a command whose payload is not its course. */
  public void quietly(Event event) {
    say(event, false);
  }

  private void say(Event event, boolean payload) {
    if (manner.mode() == Mode.NDJSON) {
      write(out, Json.write(EventFields.of(event)));
    } else {
      EventText text = EventText.of(event);
      switch (text.where()) {
        case PAYLOAD -> {
          if (payload) {
            text.lines().forEach(this::line);
          }
        }
        case LOG -> text.lines().forEach(this::log);
        case DETAIL -> {
          if (manner.verbose()) {
            text.lines().forEach(this::log);
          }
        }
      }
    }
    if (manner.progress() && isText()) {
      progress = Progress.after(event, progress, err);
    }
  }

  /** The result for programs; people have had theirs. */
  public void result(Map<String, @Nullable Object> result) {
    if (!isText()) {
      write(out, Json.write(result));
    }
  }

  /** A result as the one line of JSON that programs get. */
  public static String json(Map<String, @Nullable Object> result) {
    return Json.write(result);
  }

  /** A document of its own as JSON; programs that asked for the result get that instead. */
  public void document(Map<String, @Nullable Object> document) {
    if (isText()) {
      write(out, Json.write(document));
    }
  }

  /** A failure: on stdout for programs, on stderr for people. */
  public void failure(@Nullable String command, Problem problem) {
    if (isText()) {
      problem(problem);
      return;
    }
    Map<String, @Nullable Object> fields = Fields.object();
    fields.put("command", command);
    fields.put("exit", problem.code().exit());
    fields.put("error", Fields.problem(problem));
    write(out, Json.write(fields));
  }

  /** A problem in words, on stderr. */
  public void problem(Problem problem) {
    stopProgress();
    ErrorText.of(problem).forEach(this::log);
  }

  /** A question for a person, without a line end. */
  public void ask(String question) {
    err.print(question);
    err.flush();
  }

  /** Text as it is, such as a file's. */
  public void raw(List<String> lines) {
    if (isText()) {
      lines.forEach(line -> write(out, line));
    }
  }

  /** Takes the progress bar away, if there is one. */
  public void stopProgress() {
    if (progress != null) {
      progress.close();
      progress = null;
    }
  }

  private void write(PrintStream stream, String line) {
    if (progress != null) {
      progress.makeRoom();
    }
    stream.print(line + "\n");
    stream.flush();
  }
}
