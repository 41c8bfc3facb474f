package dev.whimbrel.importing;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.revision.Draft;
import dev.whimbrel.revision.RevisionWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Liquibase: changesets in formatted SQL, or as the SQL that Liquibase prints for the others. */
final class LiquibaseImporter implements Importer {
  @Override
  public String word() {
    return "liquibase";
  }

  @Override
  public String tool() {
    return "Liquibase";
  }

  @Override
  public List<String> looksFor() {
    return List.of(
        "a changelog that begins with --liquibase formatted sql, or a folder with such files",
        "a changelog in XML, YAML or JSON, with --sql FILE: what liquibase update-sql prints");
  }

  @Override
  public boolean recognises(Path directory) {
    return !LiquibaseChangelogs.in(directory).isEmpty();
  }

  @Override
  public Imported read(ImportRequest request) {
    List<String> notes = new ArrayList<>();
    List<LiquibaseChangeset> changesets = changesets(request, notes);
    Set<String> contexts = LiquibaseExpression.names(request.setting("contexts").orElse(""));
    Set<String> labels = LiquibaseExpression.names(request.setting("labels").orElse(""));
    Chain chain = new Chain(notes);
    Map<String, LiquibaseChangeset> seen = new HashMap<>();
    for (LiquibaseChangeset each : changesets) {
      LiquibaseChangeset earlier = seen.putIfAbsent(each.key(), each);
      if (earlier != null) {
        throw Problem.of(ErrorCode.E_SOURCE, "import.twice")
            .with("version", each.key())
            .with("other", earlier.file() + ":" + earlier.line())
            .at(Place.of(each.file(), each.line()))
            .toException();
      }
      String why = leftOut(each, request.engine(), contexts, labels);
      if (why.isEmpty()) {
        chain.add(each);
      } else {
        notes.add(each.key() + " is left out: " + why);
      }
    }
    return new Imported(chain.revisions, notes, "");
  }

  private List<LiquibaseChangeset> changesets(ImportRequest request, List<String> notes) {
    if (!request.sql().isEmpty()) {
      List<LiquibaseChangeset> printed =
          LiquibasePrinted.read(
              request.lexis(),
              request.sql().stream().map(TextFile::read).toList(),
              request.downgradeSql().stream().map(TextFile::read).toList(),
              LiquibaseTraits.read(LiquibaseChangelogs.in(request.directory()).others()));
      if (printed.isEmpty()) {
        throw Problem.of(ErrorCode.E_SOURCE, "import.liquibase-sections")
            .at(Place.of(TextFile.shown(request.sql().get(0))))
            .toException();
      }
      for (LiquibaseChangeset each : printed) {
        if (each.flag("preconditions")) {
          notes.add(each.key() + " has preconditions that are not carried over");
        }
      }
      return printed;
    }
    List<LiquibaseChangeset> changesets = new ArrayList<>();
    LiquibaseChangelogs changelogs = LiquibaseChangelogs.in(request.directory());
    if (changelogs.isEmpty()) {
      throw Importers.notHere(this, request.directory());
    }
    Map<String, String> parameters = new HashMap<>();
    request
        .settings()
        .forEach((name, value) -> {
          if (name.startsWith("placeholder.")) {
            parameters.put(name.substring("placeholder.".length()), value);
          }
        });
    changelogs.properties(dbms -> isFor(dbms, request.engine())).forEach(parameters::putIfAbsent);
    for (Path file : changelogs.ordered(request.engine(), notes)) {
      changesets.addAll(
          LiquibaseFormatted.read(
              TextFile.read(file),
              named(request.directory(), file),
              request.lexis(),
              parameters,
              notes));
    }
    return changesets;
  }

  private static String named(Path given, Path file) {
    Path root = given.toAbsolutePath().normalize();
    Path folder = Files.isDirectory(root) ? root : root.getParent();
    Path plain = file.toAbsolutePath().normalize();
    return TextFile.shown(
        folder != null && plain.startsWith(folder) ? folder.relativize(plain) : plain);
  }

  private static String leftOut(
      LiquibaseChangeset each, String engine, Set<String> contexts, Set<String> labels) {
    Map<String, String> attributes = each.attributes();
    String context =
        attributes.getOrDefault("contextfilter", attributes.getOrDefault("context", ""));
    if (each.flag("ignore")) {
      return "ignore:true";
    }
    if (!isFor(attributes.getOrDefault("dbms", ""), engine)) {
      return "dbms:" + attributes.get("dbms");
    }
    if (!LiquibaseExpression.holds(context, contexts)) {
      return "context:" + context;
    }
    String label = attributes.getOrDefault("labels", "");
    boolean chosen =
        labels.isEmpty()
            || label.isBlank()
            || LiquibaseExpression.names(label).stream().anyMatch(labels::contains);
    return chosen ? "" : "labels:" + label;
  }

  private static boolean isFor(String dbms, String engine) {
    Set<String> names = LiquibaseExpression.names(dbms);
    if (names.isEmpty() || names.contains("all")) {
      return true;
    }
    boolean onlyExcludes = names.stream().allMatch(name -> name.startsWith("!"));
    return onlyExcludes ? !names.contains("!" + engine) : names.contains(engine);
  }

  /** Changesets in their order; what runs again stands beside the line and keeps its place. */
  private static final class Chain {
    private static final int LONGEST_STEM = 56;

    private final List<String> notes;
    private final List<Imported.One> revisions = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private List<String> last = List.of();
    private final List<String> since = new ArrayList<>();

    Chain(List<String> notes) {
      this.notes = notes;
    }

    void add(LiquibaseChangeset each) {
      boolean repeatable = each.flag("runonchange") || each.flag("runalways");
      if (each.flag("runalways")) {
        notes.add(each.key() + " has runAlways; here it runs again when it has changed");
      }
      String id = id(each);
      List<String> depends = new ArrayList<>(since);
      if (repeatable && depends.isEmpty()) {
        depends.addAll(last);
      }
      String where = each.comment().isEmpty() ? each.id() + " by " + each.author() : each.comment();
      Draft draft =
          new Draft(
              id,
              repeatable ? List.of() : last,
              Named.message(where, 200),
              Named.time(each.id()),
              List.of(),
              depends,
              null,
              "whimbrel import liquibase",
              List.of("Imported from " + each.key() + "."),
              repeatable ? RevisionWriter.REPEATABLE + each.upgrade() : each.upgrade(),
              each.rollback());
      since.clear();
      if (repeatable) {
        since.add(id);
      } else {
        last = List.of(id);
      }
      String sum = each.printed().isEmpty() ? each.sum9() : each.printed();
      revisions.add(new Imported.One(draft, each.key(), sum, each.file(), each));
    }

    private String id(LiquibaseChangeset each) {
      String id = Named.id(each.id());
      if (!ids.add(id)) {
        String longer = Named.id(each.id() + "_" + each.author());
        id = longer;
        for (int number = 2; !ids.add(id); number++) {
          id = longer.substring(0, Math.min(longer.length(), LONGEST_STEM)) + "_" + number;
        }
      }
      return id;
    }
  }

  @Override
  public List<String> columns() {
    return List.of("md5sum", "exectype", "author", "filename", "orderexecuted");
  }

  @Override
  public boolean keeps(ForeignTable table) {
    return true;
  }

  @Override
  public Standing judge(Imported imported, List<Map<String, String>> rows) {
    Standing.Builder standing = new Standing.Builder();
    Map<String, Imported.One> files = new LinkedHashMap<>(imported.byKey());
    for (Map<String, String> row : ForeignTables.ordered(rows, "orderexecuted")) {
      String name = row.getOrDefault("filename", "");
      String rest = "::" + row.getOrDefault("id", "") + "::" + row.getOrDefault("author", "");
      String state = row.getOrDefault("exectype", "EXECUTED");
      Imported.One one = find(files, name, rest);
      if (state.equals("FAILED")) {
        standing.problem(
            Problem.of(ErrorCode.E_INTERRUPTED, "import.failed-row")
                .with("tool", tool())
                .with("version", name + rest)
                .with("file", name)
                .with("mend", "liquibase update")
                .build());
      } else if (one == null && !state.equals("SKIPPED")) {
        standing.problem(NumberedFiles.noFile(tool(), name + rest, name));
      } else if (one != null && !state.equals("SKIPPED")) {
        standing.applied(one.draft().id());
        if (state.equals("MARK_RAN")) {
          standing.unrun(one.draft().id());
          standing.note(one.key() + " was marked as run and never ran: it comes without its SQL");
        } else {
          noteMissingSql(one, standing);
        }
        compare(one, row.getOrDefault("md5sum", ""), standing);
      }
    }
    return standing.build(false);
  }

  /** By its whole name, or by the end of the path: where Liquibase was run from differs. */
  private static Imported.@Nullable One find(
      Map<String, Imported.One> files, String name, String rest) {
    String plain = name.replaceFirst("^classpath:", "");
    Imported.One exact = files.get(plain + rest);
    if (exact != null) {
      return exact;
    }
    List<Imported.One> alike =
        files.entrySet().stream()
            .filter(each -> each.getKey().endsWith(rest))
            .filter(each -> {
              String path = each.getKey().substring(0, each.getKey().length() - rest.length());
              return path.endsWith("/" + plain) || plain.endsWith("/" + path);
            })
            .map(Map.Entry::getValue)
            .toList();
    return alike.size() == 1 ? alike.get(0) : null;
  }

  private static void noteMissingSql(Imported.One one, Standing.Builder standing) {
    if (one.origin() instanceof LiquibaseChangeset changeset && changeset.withoutItsSql()) {
      standing.note(
          one.key()
              + " ran in the database, but its precondition did not hold where its SQL was printed:"
              + " write what it does below its line in "
              + changeset.file()
              + ":"
              + changeset.line());
    }
  }

  private static void compare(Imported.One one, String recorded, Standing.Builder standing) {
    if (!(one.origin() instanceof LiquibaseChangeset changeset) || recorded.isEmpty()) {
      return;
    }
    if (changeset.matches(recorded)) {
      standing.equalChecksum();
    } else if (!changeset.comparable(recorded)) {
      boolean absent = changeset.isPrinted() && changeset.printed().isEmpty();
      standing.note(
          one.key()
              + " has the sum "
              + recorded
              + (absent
                  ? ", and the script has none (print it with outputLiquibaseSql=all): not compared"
                  : ", whose algorithm is not known: not compared"));
    } else if (changeset.flag("runonchange")) {
      standing.problem(NumberedFiles.changed("Liquibase", one, "liquibase update"));
    } else {
      standing.problem(
          Problem.of(ErrorCode.E_DIVERGED, "import.checksum")
              .with("tool", "Liquibase")
              .with("version", one.key())
              .with("file", changeset.isPrinted() ? changeset.path() : one.file())
              .with("now", one.checksum())
              .with("recorded", recorded)
              .with("why", "White space and line ends don't count, so it was edited since.")
              .with("mend", "If the change is harmless, run liquibase clear-checksums and update.")
              .at(Place.of(one.file(), changeset.line()))
              .build());
    }
  }
}
