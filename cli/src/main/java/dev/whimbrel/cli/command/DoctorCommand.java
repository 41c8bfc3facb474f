package dev.whimbrel.cli.command;

import dev.whimbrel.Result;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Console;
import dev.whimbrel.cli.output.Fields;
import dev.whimbrel.error.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code doctor}: look at the connection, the rights, poolers, TLS and the lock. */
final class DoctorCommand implements Command {
  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String summary() {
    return "Look at the connection, the rights, poolers, TLS and the lock.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.database(spec);
  }

  @Override
  public int run(Call call) {
    Result.Diagnosis diagnosis = call.online().doctor();
    Console console = call.console();
    console.line("Database from " + call.source());
    diagnosis.checks().forEach(check -> show(console, check));
    Map<String, @Nullable Object> fields = Fields.object();
    Result.Database found = diagnosis.database();
    if (found != null) {
      call.database(fields, found);
    }
    fields.put("checks", checks(diagnosis));
    return call.answer(null, diagnosis.exit(), fields);
  }

  private static void show(Console console, Result.Check check) {
    Problem problem = check.problem();
    String mark = problem != null ? "❌" : check.advice().isEmpty() ? "✅" : "⚠️";
    console.line("%s %s: %s".formatted(mark, check.name(), check.value()));
    if (!check.advice().isEmpty()) {
      console.line("   " + check.advice());
    }
    if (problem != null && console.isText()) {
      console.problem(problem);
    }
  }

  private static List<Map<String, @Nullable Object>> checks(Result.Diagnosis diagnosis) {
    return diagnosis.checks().stream()
        .map(check -> {
          Map<String, @Nullable Object> fields = Fields.object();
          fields.put("name", check.name());
          fields.put("value", check.value());
          fields.put("advice", check.advice());
          Problem problem = check.problem();
          fields.put("problem", problem == null ? null : Fields.problem(problem));
          return fields;
        })
        .toList();
  }
}
