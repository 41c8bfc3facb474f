package dev.whimbrel.hibernate.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The main class of the forked JVM: {@code Worker REQUEST ANSWER}, two files. Files, since the JVM
 * and the user's libraries also write to the standard streams; what they print goes to stderr.
 */
public final class Worker {
  private final Request request;
  private final List<String> warnings = new ArrayList<>();
  private final List<Answer.Timing> timings = new ArrayList<>();

  private Worker(Request request) {
    this.request = request;
  }

  /**
   * Reads the request, writes the answer, and ends the JVM with exit code 0 when an answer was
   * written, whatever it says; threads that libraries left running do not keep it alive.
   */
  public static void main(String[] arguments) throws IOException {
    System.setOut(System.err);
    Request request;
    try (DataInputStream in = new DataInputStream(Files.newInputStream(Path.of(arguments[0])))) {
      request = Request.read(in);
    }
    Answer answer = new Worker(request).answer();
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
      answer.write(out);
    }
    Runtime.getRuntime().halt(0);
  }

  private Answer answer() {
    try {
      return HibernateVersion.problem().map(Answer.class::cast).orElseGet(this::schema);
    } catch (Throwable e) {
      return Failures.of(e, request);
    }
  }

  private Answer schema() {
    Settings shared = new Settings();
    List<String> mappings;
    long start = System.nanoTime();
    try {
      mappings = ApplicationSettings.resolve(request, shared, warnings);
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
      return Failures.failure(
          Answer.Kind.SETTINGS, request.application().name(), "", Failures.story(e), e);
    }
    took("settings", start);
    Set<String> statements = new LinkedHashSet<>();
    Map<String, Answer.Origin> settings = new LinkedHashMap<>();
    Inventory inventory = new Inventory(request.product());
    for (Request.Unit unit : request.units()) {
      Settings own = settingsOf(unit, shared);
      own.origins().forEach(origin -> settings.put(origin.key() + '=' + origin.value(), origin));
      statements.addAll(statements(unit, mappings, own, inventory));
    }
    BeanValidation.warn(warnings);
    return new Answer.Schema(
        List.copyOf(statements),
        HibernateVersion.text(),
        inventory.tables(),
        inventory.sequences(),
        inventory.types(),
        inventory.views(),
        List.copyOf(settings.values()),
        timings,
        warnings);
  }

  private Settings settingsOf(Request.Unit unit, Settings shared) {
    Settings own = shared.copy();
    unit.settings().forEach((key, value) -> own.put(key, value, unit.origin()));
    request.overrides().forEach((key, value) -> own.put(key, value, "Whimbrel's configuration"));
    Dialects.fit(own, request.product(), warnings);
    return own;
  }

  private List<String> statements(
      Request.Unit unit, List<String> mappings, Settings settings, Inventory inventory) {
    long start = System.nanoTime();
    try (OfflineBoot boot =
        OfflineBoot.of(
            unit.name(),
            HibernateVersion.managedNames(unit.classes()),
            mappingFiles(unit, mappings),
            settings.values(),
            request.product(),
            request.version())) {
      took("hibernate boot (" + unit.name() + ")", start);
      long ddl = System.nanoTime();
      List<String> statements = boot.statements();
      inventory.add(boot.metadata(), boot.settings(), statements);
      took("ddl (" + unit.name() + ")", ddl);
      return statements;
    }
  }

  private static List<String> mappingFiles(Request.Unit unit, List<String> fromSettings) {
    Set<String> files = new LinkedHashSet<>(unit.mappingFiles());
    files.addAll(fromSettings);
    String standard = "META-INF/orm.xml";
    if (unit.defaultMapping()
        && fromSettings.isEmpty()
        && ClassLoader.getSystemResource(standard) != null) {
      files.add(standard);
    }
    return List.copyOf(files);
  }

  private void took(String part, long since) {
    timings.add(new Answer.Timing(part, (System.nanoTime() - since) / 1_000_000));
  }
}
