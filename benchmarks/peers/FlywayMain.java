import java.nio.file.Path;

/** Flyway as a library in a bare JVM, which is the fastest way to run it. */
final class FlywayMain {
  public static void main(String[] arguments) {
    org.flywaydb.core.Flyway.configure()
        .dataSource(arguments[0], "postgres", "")
        .locations("filesystem:" + Path.of(arguments[1]).toAbsolutePath())
        .load()
        .migrate();
  }
}
