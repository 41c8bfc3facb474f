package dev.whimbrel.revision;

import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.sql.Lexis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The files of a folder of revisions, read at one moment and not yet understood; immutable. */
public final class RevisionFiles {
  private final Path root;
  private final List<FoundFile> files;
  private final byte @Nullable [] head;

  /**
   * @param files in any order
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
    List<FoundFile> sorted = new ArrayList<>(files);
    Collections.sort(sorted);
    new FileWalk(root).refuseLinks(sorted);
    List<FoundFile> chosen = Variants.choose(sorted, engine, root);
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
    long sum = head == null ? 0 : FoundFile.mark("HEAD", head);
    for (FoundFile file : files) {
      sum += file.mark();
    }
    return files.size() + "-" + Long.toHexString(sum);
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
