package dev.whimbrel.importing;

import dev.whimbrel.importing.PythonTokens.Kind;
import dev.whimbrel.importing.PythonTokens.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The literals that a Python module gives names to; the module is read, never run. */
final class PythonModule {
  /** What stands on the right of an assignment. */
  sealed interface Value {
    record Text(String text) implements Value {}

    record None() implements Value {}

    /** A tuple, a list or a set. */
    record Items(List<Value> items) implements Value {}

    /** Anything that only running the module would tell. */
    record Computed(String source) implements Value {}
  }

  /**
   * A name and its value.
   *
   * @param line 1-based
   */
  record Assigned(Value value, int line) {}

  private final String[] lines;
  private final List<Token> tokens;
  private final Map<String, Assigned> names = new HashMap<>();
  private String docstring = "";
  private int position;

  private PythonModule(String text) {
    lines = text.split("\r\n|\r|\n", -1);
    tokens = PythonTokens.of(text);
  }

  static PythonModule read(String text) {
    PythonModule module = new PythonModule(text);
    Token first =
        module.tokens.stream()
            .filter(t -> t.kind() != Kind.LINE_END)
            .findFirst()
            .orElse(module.tokens.get(0));
    if (first.kind() == Kind.TEXT) {
      module.docstring = first.text();
    }
    while (module.position < module.tokens.size()) {
      module.statement();
    }
    return module;
  }

  /** The module's docstring, empty where there is none. */
  String docstring() {
    return docstring;
  }

  /** What a name was given last at the top of the module. */
  Optional<Assigned> find(String name) {
    return Optional.ofNullable(names.get(name));
  }

  /** The text given to a keyword argument anywhere in the module. */
  Optional<String> keyword(String name) {
    for (int i = 0; i + 2 < tokens.size(); i++) {
      if (tokens.get(i).kind() == Kind.NAME
          && tokens.get(i).text().equals(name)
          && tokens.get(i + 1).is("=")) {
        Token value = tokens.get(i + 2);
        if (value.kind() == Kind.TEXT) {
          return Optional.of(value.text());
        }
        if (value.kind() == Kind.NAME
            && names.get(value.text()) instanceof Assigned(Value.Text(String text), int line)) {
          return Optional.of(text);
        }
      }
    }
    return Optional.empty();
  }

  private void statement() {
    Token first = tokens.get(position);
    boolean names = first.kind() == Kind.NAME && first.column() == 0;
    if (!names || !assignment()) {
      skip();
    }
  }

  private void skip() {
    while (position < tokens.size() && tokens.get(position).kind() != Kind.LINE_END) {
      position++;
    }
    position++;
  }

  private boolean assignment() {
    List<String> targets = new ArrayList<>();
    int line = tokens.get(position).line();
    int next = position;
    while (tokens.get(next).kind() == Kind.NAME) {
      int equals = tokens.get(next + 1).is(":") ? afterAnnotation(next + 2) : next + 1;
      if (!tokens.get(equals).is("=")) {
        break;
      }
      targets.add(tokens.get(next).text());
      next = equals + 1;
    }
    if (targets.isEmpty()) {
      return false;
    }
    position = next;
    Value value = expression();
    if (tokens.get(position).kind() != Kind.LINE_END) {
      value = new Value.Computed(lines[line - 1].strip());
    }
    for (String target : targets) {
      names.put(target, new Assigned(value, line));
    }
    skip();
    return true;
  }

  /** The first token after an annotation: the equals sign, or the end of the line. */
  private int afterAnnotation(int from) {
    int depth = 0;
    for (int i = from; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind() == Kind.LINE_END || (depth == 0 && token.is("="))) {
        return i;
      }
      depth += token.is("[") || token.is("(") ? 1 : token.is("]") || token.is(")") ? -1 : 0;
    }
    return tokens.size() - 1;
  }

  /** A sum of terms, or a tuple without parentheses. */
  private Value expression() {
    Value value = sum();
    if (!tokens.get(position).is(",")) {
      return value;
    }
    List<Value> items = new ArrayList<>(List.of(value));
    while (tokens.get(position).is(",")) {
      position++;
      if (tokens.get(position).kind() != Kind.LINE_END) {
        items.add(sum());
      }
    }
    return new Value.Items(items);
  }

  private Value sum() {
    Value value = term();
    while (tokens.get(position).is("+")) {
      position++;
      Value more = term();
      value =
          value instanceof Value.Text(String left) && more instanceof Value.Text(String right)
              ? new Value.Text(left + right)
              : computed();
    }
    return value;
  }

  private Value term() {
    Token token = tokens.get(position);
    return switch (token.kind()) {
      case TEXT, COMPUTED -> strings();
      case NAME -> name(token);
      case OTHER -> token.is("(") || token.is("[") || token.is("{") ? items() : computed();
      case LINE_END -> computed();
    };
  }

  private Value strings() {
    StringBuilder text = new StringBuilder();
    boolean literal = true;
    while (tokens.get(position).kind() == Kind.TEXT
        || tokens.get(position).kind() == Kind.COMPUTED) {
      literal &= tokens.get(position).kind() == Kind.TEXT;
      text.append(tokens.get(position++).text());
    }
    return literal ? new Value.Text(text.toString()) : computed();
  }

  private Value name(Token token) {
    position++;
    if (token.text().equals("None")) {
      return new Value.None();
    }
    Token next = tokens.get(position);
    boolean collection =
        switch (token.text()) {
          case "set", "frozenset", "tuple", "list" -> next.is("(");
          default -> false;
        };
    if (collection) {
      return items();
    }
    Assigned earlier = names.get(token.text());
    return earlier == null || next.is("(") || next.is(".") || next.is("[")
        ? computed()
        : earlier.value();
  }

  private Value items() {
    boolean round = tokens.get(position).is("(");
    position++;
    List<Value> items = new ArrayList<>();
    boolean comma = false;
    while (!closes(tokens.get(position))) {
      items.add(sum());
      if (tokens.get(position).is(",")) {
        comma = true;
        position++;
      } else if (!closes(tokens.get(position))) {
        return computed();
      }
    }
    position++;
    return round && !comma && items.size() == 1 ? items.get(0) : new Value.Items(items);
  }

  private static boolean closes(Token token) {
    return token.is(")") || token.is("]") || token.is("}") || token.kind() == Kind.LINE_END;
  }

  /** Whatever is left of the statement. */
  private Value computed() {
    int line = tokens.get(Math.min(position, tokens.size() - 1)).line();
    while (tokens.get(position).kind() != Kind.LINE_END) {
      position++;
    }
    return new Value.Computed(line <= lines.length ? lines[line - 1].strip() : "");
  }
}
