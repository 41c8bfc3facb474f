package dev.whimbrel.cli.report;

import dev.whimbrel.Outline;
import dev.whimbrel.Result;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports with everything in them that could break a page. */
public final class Samples {
  public static final String HOSTILE = "</code><script>alert('x')</script>|`@team` \"q\" & ü";

  private Samples() {}

  /** A report with findings of each kind, names that are hostile, and a failure where given. */
  public static Report report(@Nullable Problem failure) {
    Result.Revision revision =
        new Result.Revision(
            "1a2b3c4d5e6f",
            List.of("04f23c4db7a1"),
            HOSTILE,
            "migrations/a, b%.sql",
            "",
            null,
            List.of(HOSTILE),
            List.of());
    Result.Statement statement =
        new Result.Statement(
            "1a2b3c4d5e6f",
            1,
            "alter table \"" + HOSTILE + "\" add x int;",
            3,
            true,
            List.of(new Result.Lock("public.users", "AccessExclusive", List.of("read", "write"))),
            List.of("public.users"),
            List.of(),
            List.of(),
            List.of(),
            100,
            41_000,
            41_000,
            1);
    List<Result.Finding> findings =
        List.of(
            finding("W901", "info", false),
            finding("W201", "error", false),
            finding("W102", "warn", false),
            finding("W501", "error", true));
    return new Report(
        "postgresql 15 at postgresql://app@host/werent",
        List.of(revision),
        null,
        new Result.Target(
            0,
            1,
            0,
            90,
            List.of(new Result.Table("public.users", 5000, 81920, 0, 0.5)),
            List.of(),
            3),
        List.of(statement),
        findings,
        List.of(
            new Result.Preflight(
                "1a2b3c4d5e6f",
                1,
                "not null",
                "public.users",
                List.of(HOSTILE),
                37,
                List.of("id=4", HOSTILE),
                "")),
        List.of("A note of " + HOSTILE),
        List.of(findings.get(1)),
        failure,
        true,
        "schema.sql",
        new Outline.Change(outline(false), outline(true)),
        List.of(entry(revision, true), entry(base(), false)));
  }

  /** What stops a report. */
  public static Problem failure() {
    return Problem.of(ErrorCode.E_USAGE, "cli.format")
        .with("name", HOSTILE)
        .with("nearest", "text")
        .toException()
        .problem();
  }

  private static Result.Revision base() {
    return new Result.Revision(
        "04f23c4db7a1", List.of(), "Base", "migrations/base.sql", "", null, List.of(), List.of());
  }

  private static Result.Entry entry(Result.Revision revision, boolean head) {
    return new Result.Entry(revision, List.of(), head, head, false, false, false, null, "", null);
  }

  private static Result.Finding finding(String code, String severity, boolean allowed) {
    return new Result.Finding(
        code,
        severity,
        "1a2b3c4d5e6f",
        1,
        "public.users",
        "What " + code + " saw, 100%: " + HOSTILE,
        "alter table users\n  add y int; -- ```",
        "migrations/a, b%.sql",
        7,
        allowed);
  }

  private static Outline outline(boolean after) {
    Outline.Column id = new Outline.Column(1, "id", "bigint", "", true, true);
    Outline.Column added = new Outline.Column(2, HOSTILE, "text", "'<b>'", false, false);
    return new Outline(
        List.of(
            new Outline.Entity(
                1,
                "public.users",
                "table",
                after ? List.of(id, added) : List.of(id),
                List.of(),
                after ? List.of("check (x < 3)") : List.of()),
            new Outline.Entity(
                2,
                "public.orders",
                "table",
                List.of(id),
                List.of(new Outline.Reference(List.of("id"), 1, "FOREIGN KEY (id)")),
                List.of())));
  }
}
