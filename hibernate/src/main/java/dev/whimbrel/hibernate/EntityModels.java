package dev.whimbrel.hibernate;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.hibernate.worker.Answer;
import dev.whimbrel.hibernate.worker.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From JPA entities to DDL: finds the entities on the application's class path without loading a
 * class, then asks the application's own Hibernate in a JVM of its own. No database is contacted.
 */
public final class EntityModels {
  private EntityModels() {}

  /**
   * The DDL of the models.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_SOURCE}, if there are no entities, a
   *     class is missing, a mapping is wrong, or somebody has to decide about names
   */
  public static Ddl load(ModelOptions options) {
    long start = System.nanoTime();
    EntityScan.Found found = EntityScan.in(options);
    Duration scan = since(start);
    long asked = System.nanoTime();
    Answer answer = WorkerProcess.ask(options, request(options, found));
    Duration work = since(asked);
    return switch (answer) {
      case Answer.Schema schema -> ddl(options, found, schema, scan, work);
      case Answer.Failure failure -> throw WorkerFailures.problem(options, failure);
    };
  }

  private static Request request(ModelOptions options, EntityScan.Found found) {
    Map<String, String> overrides = new LinkedHashMap<>(options.properties());
    naming(overrides, "hibernate.physical_naming_strategy", options.physicalNaming());
    naming(overrides, "hibernate.implicit_naming_strategy", options.implicitNaming());
    return new Request(
        found.units(),
        options.product(),
        options.version(),
        found.application(),
        options.profiles(),
        overrides);
  }

  private static void naming(Map<String, String> overrides, String key, @Nullable String name) {
    if (name != null && !name.equals(ModelOptions.AS_CONFIGURED)) {
      overrides.put(key, name);
    }
  }

  private static Ddl ddl(
      ModelOptions options,
      EntityScan.Found found,
      Answer.Schema schema,
      Duration scan,
      Duration work) {
    if (schema.tables().isEmpty() && schema.views().isEmpty()) {
      throw Problem.of(ErrorCode.E_SOURCE, "hibernate.no-tables")
          .with("classes", found.units().stream().mapToInt(unit -> unit.classes().size()).sum())
          .toException();
    }
    List<Ddl.Timing> timings = new ArrayList<>();
    timings.add(new Ddl.Timing("entity scan", scan));
    Duration rest = work;
    for (Answer.Timing timing : schema.timings()) {
      timings.add(new Ddl.Timing(timing.part(), Duration.ofMillis(timing.millis())));
      rest = rest.minusMillis(timing.millis());
    }
    timings.add(new Ddl.Timing("worker JVM", rest));
    List<String> warnings = new ArrayList<>(options.classPath().warnings());
    warnings.addAll(found.warnings());
    warnings.addAll(schema.warnings());
    Map<Boolean, List<String>> byKind =
        schema.statements().stream().collect(Collectors.partitioningBy(EntityModels::isRow));
    return new Ddl(
        byKind.getOrDefault(false, List.of()),
        byKind.getOrDefault(true, List.of()),
        schema.tables().stream()
            .map(mapped -> new Ddl.MappedTable(name(mapped.table()), mapped.by()))
            .toList(),
        names(schema.sequences()),
        names(schema.types()),
        names(schema.views()),
        schema.hibernate(),
        checksum(found, schema.settings()),
        schema.settings().stream()
            .map(each -> new Ddl.Setting(each.key(), each.value(), each.origin()))
            .toList(),
        timings,
        warnings);
  }

  /** Defaults of a framework change with its version, so they are no part of it. */
  private static String checksum(EntityScan.Found found, List<Answer.Origin> settings) {
    StringBuilder text = new StringBuilder(found.checksum());
    settings.stream()
        .filter(setting -> !setting.origin().startsWith("default of"))
        .map(setting -> '\n' + setting.key() + '=' + setting.value())
        .sorted()
        .forEach(text::append);
    return Checksum.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isRow(String statement) {
    return statement.toLowerCase(Locale.ROOT).startsWith("insert ");
  }

  private static List<Ddl.Name> names(List<Answer.Named> names) {
    return names.stream().map(EntityModels::name).toList();
  }

  private static Ddl.Name name(Answer.Named named) {
    return new Ddl.Name(named.schema(), named.name());
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
