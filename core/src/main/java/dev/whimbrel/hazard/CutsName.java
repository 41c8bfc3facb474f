package dev.whimbrel.hazard;

import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Splitter;
import dev.whimbrel.sql.Token;
import java.nio.charset.StandardCharsets;

/** A name that is longer than the server keeps. */
final class CutsName implements Rule {
  private static final int KEPT_BYTES = 63;

  @Override
  public String code() {
    return "W807";
  }

  @Override
  public void examine(Observation seen, Bench bench) {
    for (Token token : new Splitter(Lexis.postgresql()).tokens(seen.statement().text())) {
      boolean name = token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.NAME;
      String plain = token.text().replaceAll("^\"|\"$", "").replace("\"\"", "\"");
      byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
      if (name && bytes.length > KEPT_BYTES) {
        bench.report(
            seen,
            "",
            Severity.WARN,
            "The server keeps 63 of the %d bytes of %s.".formatted(bytes.length, plain),
            "Use a name of at most 63 bytes.");
      }
    }
  }
}
