package dev.whimbrel.cli.command;

import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Fields;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code init}: the configuration, the directory of the revisions, and a platform's files. */
final class InitCommand implements Command {
  private final List<String> written = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();

  @Override
  public String name() {
    return "init";
  }

  @Override
  public String summary() {
    return "Write whimbrel.toml and migrations/; never overwrites.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.text(
        spec,
        "PLATFORM",
        "Also write the files of " + String.join(", ", Templates.PLATFORMS) + ".",
        "--template");
  }

  @Override
  public int run(Call call) {
    String platform = call.option("--template");
    if (platform != null && !Templates.PLATFORMS.contains(platform)) {
      throw Problem.of(ErrorCode.E_USAGE, "cli.unknown-template")
          .with("name", platform)
          .with(
              "nearest",
              Nearest.to(platform, Templates.PLATFORMS)
                  .map("Did you mean %s?"::formatted)
                  .orElse("There are: " + String.join(", ", Templates.PLATFORMS) + "."))
          .toException();
    }
    Path directory = call.globals().directory();
    List<Templates.File> files = new ArrayList<>(Templates.of("project"));
    if (platform != null) {
      files.addAll(Templates.of(platform));
    }
    files.forEach(file -> write(directory, file));
    tell(call, platform);
    Map<String, @Nullable Object> fields = Fields.object();
    fields.put("written", written);
    fields.put("kept", kept);
    return call.answer(null, 0, fields);
  }

  private void write(Path directory, Templates.File file) {
    Path path = directory.resolve(file.path());
    if (Files.exists(path)) {
      kept.add(path.toString());
      return;
    }
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
      Files.writeString(temporary, file.text());
      if (file.executable() && !temporary.toFile().setExecutable(true)) {
        throw new IOException("cannot be made executable");
      }
      Files.move(temporary, path);
    } catch (IOException e) {
      throw Problem.of(ErrorCode.E_FILE, "cli.unwritable")
          .with("reason", e.getClass().getSimpleName() + ": " + e.getMessage())
          .at(Place.of(path.toString()))
          .toException(e);
    }
    written.add(path.toString());
  }

  private void tell(Call call, @Nullable String platform) {
    written.forEach(path -> call.console().line("✅ Wrote " + path));
    kept.forEach(path -> call.console().line("   Kept " + path + ", which is there already"));
    call.console().line("");
    call.console().line("Next:");
    if (kept.stream().anyMatch(path -> path.endsWith(".gitignore"))) {
      call.console().line("   add .whimbrel/ to .gitignore: it holds the local database");
    }
    call.console()
        .line("   whimbrel revision \"Create the first tables\"   # then fill the file in");
    call.console().line("   whimbrel simulate                             # rehearse it");
    call.console().line("   whimbrel deploy                               # apply it");
    if (platform != null) {
      Templates.nextSteps(platform).forEach(step -> call.console().line("   " + step));
    }
  }
}
