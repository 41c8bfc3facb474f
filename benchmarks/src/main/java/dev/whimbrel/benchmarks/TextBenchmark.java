package dev.whimbrel.benchmarks;

import dev.whimbrel.graph.Graph;
import dev.whimbrel.graph.Move;
import dev.whimbrel.revision.Revision;
import dev.whimbrel.revision.RevisionReader;
import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Splitter;
import dev.whimbrel.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

/** Splitting SQL, reading revision files, and planning on their graph. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TextBenchmark {
  /** How many revisions, or statements. */
  @Param({"100", "1000", "10000"})
  public int size;

  private final Splitter splitter = new Splitter(Lexis.postgresql());
  private final RevisionReader reader = new RevisionReader(Lexis.postgresql());
  private final List<String> files = new ArrayList<>();
  private List<Revision> revisions = List.of();
  private Graph graph = Graph.of(List.of());
  private String script = "";

  @Setup
  public void write() {
    StringBuilder statements = new StringBuilder();
    for (int i = 0; i < size; i++) {
      String sql =
          "create table t%05d (id bigint primary key, name text default 'it''s', at timestamptz);\n"
              .formatted(i);
      String revises = i == 0 ? "none" : "r%05d".formatted(i - 1);
      statements.append(sql);
      files.add(
          "-- revision: r%05d\n-- revises: %s\n-- message: Add table %d\n\n-- +upgrade\n%s\n-- +downgrade\ndrop table t%05d;\n"
              .formatted(i, revises, i, sql, i));
    }
    script = statements.toString();
    revisions = files.stream().map(text -> reader.read("revision.sql", text)).toList();
    graph = Graph.of(revisions);
  }

  @Benchmark
  public List<Statement> split() {
    return splitter.split("script.sql", script);
  }

  @Benchmark
  public List<Revision> read() {
    return files.stream().map(text -> reader.read("revision.sql", text)).toList();
  }

  @Benchmark
  public Graph link() {
    return Graph.of(revisions);
  }

  @Benchmark
  public List<Move> plan() {
    return graph.upgrade(Set.of(), "head");
  }
}
