package dev.whimbrel.source;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.sql.Splitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** A file of SQL, or a folder whose {@code .sql} files are run in the order of their paths. */
public final class SqlSource implements SchemaSource {
  private final Path path;
  private final Splitter splitter;
  private final ToIntFunction<SQLException> position;

  /**
   * A source.
   *
   * @param path as the user wrote it
   * @param position where the engine points within a statement: 1-based, 0 if it does not
   */
  public SqlSource(Path path, Splitter splitter, ToIntFunction<SQLException> position) {
    this.path = path;
    this.splitter = splitter;
    this.position = position;
  }

  @Override
  public String name() {
    return "file:" + path;
  }

  @Override
  public String checksum() {
    StringBuilder all = new StringBuilder();
    for (Path file : files()) {
      all.append(file).append('\n').append(read(file)).append('\n');
    }
    return hex(all.toString());
  }

  @Override
  public void fill(Connection connection) {
    SqlRun run = new SqlRun(connection, position);
    for (Path file : files()) {
      run.run(splitter.split(file.toString(), read(file)));
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> files =
          new ArrayList<>(all.filter(file -> file.toString().endsWith(".sql")).sorted().toList());
      if (files.isEmpty()) {
        throw Problem.of(ErrorCode.E_SOURCE, "source.no-files").with("path", path).toException();
      }
      return files;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static RuntimeException unreadable(Path file, IOException e) {
    return Problem.of(ErrorCode.E_SOURCE, "source.unreadable")
        .with("path", file)
        .with("reason", e.getClass().getSimpleName())
        .toException(e);
  }

  static String hex(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
