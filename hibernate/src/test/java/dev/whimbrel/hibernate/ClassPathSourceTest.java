package dev.whimbrel.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathSourceTest {
  private static final String THING =
      """
      package shop;
      import jakarta.persistence.*;
      @Entity public class Thing { @Id Long id; }
      """;
  private static final String POM =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>shop</groupId><artifactId>shop</artifactId><version>1</version>
        <dependencies>
          <dependency>
            <groupId>jakarta.persistence</groupId>
            <artifactId>jakarta.persistence-api</artifactId>
            <version>%s</version>
          </dependency>
        </dependencies>
        <build>
          <plugins>
            <plugin>
              <groupId>org.apache.maven.plugins</groupId>
              <artifactId>maven-dependency-plugin</artifactId>
              <version>3.9.0</version>
            </plugin>
          </plugins>
        </build>
      </project>
      """;

  @TempDir Path temporary;
  private Path project;
  private final List<String> news = new ArrayList<>();
  private ClassPathSource source;

  @BeforeEach
  void makeProject() throws IOException {
    project = temporary.toRealPath().resolve("shop");
    Files.createDirectories(project.resolve("target/classes/shop"));
    Files.createDirectories(project.resolve("src/main/java"));
    source = new ClassPathSource(project, project.resolve(".whimbrel"), news::add);
  }

  @Test
  void asksTheProjectsOwnMavenAndRemembersUntilThePomChanges() throws IOException {
    Files.writeString(project.resolve("pom.xml"), POM.formatted("3.1.0"));
    ClassPath first = source.resolve(List.of());
    assertThat(first.application()).containsExactly(project.resolve("target/classes"));
    assertThat(first.libraries())
        .singleElement()
        .satisfies(jar -> assertThat(jar).hasFileName("jakarta.persistence-api-3.1.0.jar"));

    // A wrapper that fails shows that Maven is not asked again, and that a wrapper is preferred.
    Path wrapper = Files.writeString(project.resolve("mvnw"), "#!/bin/sh\necho no luck\nexit 7\n");
    assertThat(wrapper.toFile().setExecutable(true)).isTrue();
    assertThat(source.resolve(List.of())).isEqualTo(first);
    assertThat(news)
        .singleElement()
        .asString()
        .startsWith("Asking Maven for the class path of " + project);
    Files.writeString(project.resolve("pom.xml"), POM.formatted("3.2.0"));
    assertThatThrownBy(() -> source.resolve(List.of()))
        .hasMessageContaining("(exit code 7):\nno luck");
  }

  @Test
  void warnsOfClassesOlderThanTheirSources() throws IOException {
    Files.writeString(project.resolve("pom.xml"), POM.formatted("3.1.0"));
    Path wrapper = Files.writeString(project.resolve("mvnw"), "#!/bin/sh\nexit 0\n");
    assertThat(wrapper.toFile().setExecutable(true)).isTrue();
    Path compiled = Files.writeString(project.resolve("target/classes/shop/Thing.class"), "");
    Path written = Files.writeString(project.resolve("src/main/java/Thing.java"), THING);
    Files.setLastModifiedTime(compiled, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    Files.setLastModifiedTime(written, FileTime.from(Instant.parse("2026-01-02T00:00:00Z")));
    assertThat(source.resolve(List.of("target/classes")).warnings())
        .singleElement()
        .asString()
        .startsWith("src/main/java/Thing.java is newer than every class in");
    Files.setLastModifiedTime(compiled, FileTime.from(Instant.parse("2026-01-03T00:00:00Z")));
    assertThat(source.resolve(List.of("target/classes")).warnings()).isEmpty();
  }

  @Test
  void readsTheEntitiesOfASpringBootJar() throws IOException {
    ClassPath plain =
        Sources.compile(
            temporary.resolve("jar"), Map.of("Thing.java", THING), Sources.jars("6.6", "common"));
    Path jar = project.resolve("app.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      add(
          zip,
          "BOOT-INF/classes/shop/Thing.class",
          plain.application().getFirst().resolve("shop/Thing.class"));
      for (Path library : plain.libraries()) {
        add(zip, "BOOT-INF/lib/" + library.getFileName(), library);
      }
    }
    ClassPath unpacked = source.resolve(List.of("app.jar"));
    assertThat(unpacked.libraries()).hasSameSizeAs(plain.libraries());
    assertThat(source.resolve(List.of("app.jar"))).isEqualTo(unpacked);
    Ddl ddl = EntityModels.load(ModelOptions.of(unpacked, "PostgreSQL", "18", project));
    assertThat(ddl.tables()).hasSize(1);
  }

  private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    Files.copy(file, zip);
    zip.closeEntry();
  }

  @Test
  void readsAFileThatListsTheClassPath() throws IOException {
    Path one = Files.writeString(project.resolve("one.jar"), "");
    Path two = Files.writeString(project.resolve("two.jar"), "");
    Files.writeString(
        project.resolve("cp.txt"), "# from the build\n" + one + ":target/classes\ntwo.jar\n");
    ClassPath classPath = source.resolve(List.of("cp.txt"));
    assertThat(classPath.application()).containsExactly(project.resolve("target/classes"));
    assertThat(classPath.libraries()).containsExactly(one, two);
  }

  @Test
  void saysWhatToDoWithoutMavenBuildOrClasses() throws IOException {
    Files.writeString(project.resolve("build.gradle.kts"), "");
    assertThatThrownBy(() -> source.resolve(List.of()))
        .hasMessageContaining("no pom.xml at or above")
        .hasMessageContaining("build found: Gradle");
    assertThatThrownBy(() -> source.resolve(List.of("build/classes")))
        .hasMessageContaining("entry build/classes does not exist");
  }
}
