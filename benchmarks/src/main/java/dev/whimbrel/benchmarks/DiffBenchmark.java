package dev.whimbrel.benchmarks;

import dev.whimbrel.dialect.postgresql.PostgresqlDiff;
import dev.whimbrel.diff.Differ;
import dev.whimbrel.diff.Difference;
import dev.whimbrel.schema.CanonicalText;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TypeContent;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Comparing two schemas that differ in one enum type of each hundred. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DiffBenchmark {
  /** How many types each schema has. */
  @Param({"100", "1000", "10000"})
  public int size;

  private Schema before = Schema.empty();
  private Schema after = Schema.empty();

  @Setup
  public void make() {
    before = types(false);
    after = types(true);
  }

  private Schema types(boolean changed) {
    Schema.Builder schema = Schema.builder();
    for (int i = 0; i < size; i++) {
      boolean differs = changed && i % 100 == 0;
      schema.add(
          FactId.of(Kind.ENUM, "public", "e%05d".formatted(i)),
          new TypeContent.EnumType(differs ? List.of("A", "B", "C") : List.of("A", "B")));
    }
    return schema.build();
  }

  @Benchmark
  public Difference compare() {
    return new Differ(new PostgresqlDiff(18)).compare(before, after);
  }

  @Benchmark
  public String text() {
    return CanonicalText.of(before);
  }
}
