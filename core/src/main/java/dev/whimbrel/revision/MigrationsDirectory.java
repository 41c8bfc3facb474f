package dev.whimbrel.revision;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.sql.Lexis;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The folder that holds revisions, in sub-folders too, and HEAD; keeps nothing in memory.
 *
 * <p>Read are files whose name ends in {@code .sql}, but for {@code schema.sql} at the top and
 * names that begin with a dot. Symbolic links to folders and {@code .sql} files are refused.
 */
public final class MigrationsDirectory {
  private static final String HEAD = "HEAD";
  private static final long MOST_BYTES_OF_HEAD = 1 << 20;

  private final Path root;

  /**
   * @param root the folder, as the user wrote it: this is how errors show its files
   */
  public MigrationsDirectory(Path root) {
    this.root = root;
  }

  /** The folder, as given. */
  public Path root() {
    return root;
  }

  /**
   * Looks whether there is such a folder.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_FILE} if not
   */
  public void requireThere() {
    new FileWalk(root).requireThere();
  }

  /**
   * Reads the files, HEAD included, without understanding them.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_FILE}
   */
  public RevisionFiles files() {
    List<FoundFile> files = new FileWalk(root).files();
    return new RevisionFiles(root, files, FileWalk.content(root.resolve(HEAD).toString()));
  }

  /**
   * Reads all revisions, sorted by file.
   *
   * @param engine whose variants ({@code name.postgresql.sql}) are preferred, in lower case
   * @param lexis the engine's lexical rules
   * @throws dev.whimbrel.error.WhimbrelException {@code E_FILE}, {@code E_REVISION} or {@code
   *     E_SQL}: for the first file in order that has a problem
   */
  public List<Revision> read(String engine, Lexis lexis) {
    return files().revisions(engine, lexis);
  }

  /**
   * The ids in HEAD, empty if the file is empty; absent if there is no such file.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_REVISION} if it holds anything else
   */
  public Optional<List<String>> head() {
    Path file = root.resolve(HEAD);
    try {
      String text = SafeFile.read(file, MOST_BYTES_OF_HEAD);
      return Optional.of(ids(text.lines().toList(), shown(root, file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw Problem.of(ErrorCode.E_FILE, "revision.unreadable")
          .with("file", shown(root, file))
          .with("why", String.valueOf(e.getMessage()))
          .at(Place.of(shown(root, file)))
          .toException(e);
    }
  }

  /** Writes {@code schema.sql}, which is for people and is never applied. */
  public void writeSchema(String sql) {
    SafeFile.replace(root.resolve("schema.sql"), sql);
  }

  /** Writes HEAD: one id a line, sorted. */
  public void writeHead(List<String> heads) {
    String text = String.join("", heads.stream().sorted().map(id -> id + "\n").toList());
    SafeFile.replace(root.resolve(HEAD), text);
  }

  /**
   * Writes a new revision under its default name; HEAD is not touched.
   *
   * @return the file, under {@link #root}
   * @throws dev.whimbrel.error.WhimbrelException {@code E_REVISION} if the draft cannot be written
   *     as a header, {@code E_FILE} if the file exists or cannot be written
   */
  public Path write(Draft draft) {
    String text = RevisionWriter.text(draft);
    Path file = root.resolve(FileName.of(draft.created(), draft.id(), draft.message()));
    SafeFile.create(file, text);
    return file;
  }

  static String shown(Path root, Path file) {
    return (file.startsWith(root) ? file : root.resolve(file)).toString().replace('\\', '/');
  }

  private static List<String> ids(List<String> lines, String shown) {
    Pattern id = Pattern.compile("[A-Za-z0-9_.]{0,64}");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!id.matcher(line).matches()) {
        throw Problem.of(ErrorCode.E_REVISION, "revision.head-line")
            .with("line", line)
            .at(Place.of(shown, i + 1))
            .toException();
      }
      if (!line.isEmpty()) {
        ids.add(line);
      }
    }
    return ids;
  }
}
