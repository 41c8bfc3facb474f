package dev.whimbrel.revision;

import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.sql.Lexis;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The files of a folder of revisions, read at one moment and not yet understood; immutable. */
public final class RevisionFiles {
  private final Path root;
  private final List<FoundFile> files;
  private final byte @Nullable [] head;

  /**
   * @param files sorted
   * @param head what is in HEAD; null without that file
   */
  RevisionFiles(Path root, List<FoundFile> files, byte @Nullable [] head) {
    this.root = root;
    this.files = files;
    this.head = head;
  }

  /**
   * The revisions, sorted by file; the files are understood in parallel.
   *
   * @param engine whose variants ({@code name.postgresql.sql}) are preferred, in lower case
   * @param lexis the engine's lexical rules
   * @throws WhimbrelException {@code E_REVISION} or {@code E_SQL}: for the first file in order that
   *     has a problem
   */
  public List<Revision> revisions(String engine, Lexis lexis) {
    RevisionReader reader = new RevisionReader(lexis);
    new FileWalk(root).refuseLinks(files);
    List<FoundFile> chosen = Variants.choose(files, engine, root);
    List<Result> results =
        chosen.parallelStream().map(file -> Result.of(reader, file, root)).toList();
    return results.stream().map(Result::get).toList();
  }

  /**
   * What changes when a name or a content does, HEAD included: as long as it stays the same, so do
   * the revisions and whatever there is to say about them.
   *
   * <p>Two cyclic redundancy checks find every edit and cost nothing, where starting Java's
   * cryptography costs a tenth of the whole process. They are no defence against a forger, whom the
   * checksums of {@code verify} find.
   */
  public String fingerprint() {
    CRC32 first = new CRC32();
    CRC32C second = new CRC32C();
    StringBuilder names = new StringBuilder();
    int from = root.toString().length();
    for (FoundFile file : files) {
      names.append(file.name(), from, file.name().length()).append('\0');
      names.append(file.content().length).append('\0');
      first.update(file.content());
      second.update(file.content());
    }
    names.append(head == null ? -1 : head.length);
    if (head != null) {
      first.update(head);
      second.update(head);
    }
    byte[] named = names.toString().getBytes(StandardCharsets.UTF_8);
    first.update(named);
    second.update(named);
    return Long.toHexString(first.getValue()) + "-" + Long.toHexString(second.getValue());
  }

  /** A revision or what stopped its reading, so that the first problem in order is the one told. */
  private record Result(@Nullable Revision revision, @Nullable WhimbrelException problem) {
    static Result of(RevisionReader reader, FoundFile file, Path root) {
      try {
        String shown = MigrationsDirectory.shown(root, file.path());
        return new Result(reader.read(shown, RevisionReader.text(file.content(), shown)), null);
      } catch (WhimbrelException e) {
        return new Result(null, e);
      }
    }

    Revision get() {
      if (revision == null) {
        throw Objects.requireNonNull(problem);
      }
      return revision;
    }
  }
}
