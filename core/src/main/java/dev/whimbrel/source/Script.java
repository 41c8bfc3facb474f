package dev.whimbrel.source;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Splitter;
import dev.whimbrel.sql.Statement;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * SQL that makes a schema, split into statements.
 *
 * @param statements in the order in which they run
 * @param checksum of all texts and their names, hex
 */
public record Script(List<Statement> statements, String checksum) {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  public Script {
    statements = List.copyOf(statements);
  }

  /** One text; {@code name} stands in places and errors. */
  public static Script of(Lexis lexis, String name, String sql) {
    return of(lexis, new TreeMap<>(Map.of(name, sql)));
  }

  /**
   * A file, or the {@code .sql} files of a folder in the order of their paths.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_FILE} if it cannot be read or has no SQL
   *     file, {@code E_SQL} if a text cannot be split or has a command of psql
   */
  public static Script read(Lexis lexis, Path path) {
    SortedMap<String, String> texts = new TreeMap<>();
    for (Path file : files(path)) {
      texts.put(name(file), text(file));
    }
    return of(lexis, texts);
  }

  private static Script of(Lexis lexis, SortedMap<String, String> texts) {
    Splitter splitter = new Splitter(lexis);
    List<Statement> statements = new ArrayList<>();
    MessageDigest digest = sha256();
    texts.forEach((name, text) -> {
      statements.addAll(splitter.split(name, text));
      digest.update((name + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8));
    });
    return new Script(statements, HexFormat.of().formatHex(digest.digest()));
  }

  private static List<Path> files(Path path) {
    if (!Files.exists(path)) {
      throw Problem.of(ErrorCode.E_FILE, "source.missing").with("path", name(path)).toException();
    }
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    List<Path> found;
    try (Stream<Path> walk = Files.walk(path)) {
      found = walk.filter(Script::isSql).toList();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    if (found.isEmpty()) {
      throw Problem.of(ErrorCode.E_FILE, "source.empty").with("path", name(path)).toException();
    }
    return found;
  }

  private static boolean isSql(Path file) {
    return file.toString().endsWith(".sql") && Files.isRegularFile(file);
  }

  private static String text(Path file) {
    try {
      String text = Files.readString(file);
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw Problem.of(ErrorCode.E_FILE, "source.encoding").with("path", name(file)).toException(e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static RuntimeException unreadable(Path path, IOException cause) {
    return Problem.of(ErrorCode.E_FILE, "source.unreadable")
        .with("path", name(path))
        .with("reason", String.valueOf(cause.getMessage()))
        .toException(cause);
  }

  private static String name(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
