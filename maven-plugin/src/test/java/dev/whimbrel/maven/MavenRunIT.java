package dev.whimbrel.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Maven runs the goals in a project of its own. */
class MavenRunIT {
  @TempDir private Path project;

  @BeforeEach
  void writesTheProject() throws IOException {
    writePom();
    writeSettings();
    write("whimbrel.toml", "[env.local]\nurl = \"sqlite:birds.db\"\n");
    write(
        "migrations/20260101_aaaa00000001_birds.sql",
        """
        -- revision: aaaa00000001
        -- message:  Create the birds

        -- +upgrade

        create table bird (id integer primary key, name text);

        -- +downgrade

        drop table bird;
        """);
    write("migrations/HEAD", "aaaa00000001\n");
  }

  private void writePom() throws IOException {
    write(
        "pom.xml",
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId>
          <artifactId>birds</artifactId>
          <version>1</version>
          <properties>
            <maven.compiler.release>21</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
          <dependencies>
            <dependency>
              <groupId>org.hibernate.orm</groupId>
              <artifactId>hibernate-core</artifactId>
              <version>%s</version>
            </dependency>
          </dependencies>
          <build>
            <plugins>
              <plugin>
                <artifactId>maven-resources-plugin</artifactId>
                <version>3.4.0</version>
              </plugin>
              <plugin>
                <artifactId>maven-compiler-plugin</artifactId>
                <version>3.16.0</version>
              </plugin>
              <plugin>
                <groupId>dev.whimbrel</groupId>
                <artifactId>whimbrel-maven-plugin</artifactId>
                <version>%s</version>
              </plugin>
            </plugins>
          </build>
        </project>
        """
            .formatted(System.getProperty("it.hibernate"), System.getProperty("it.version")));
  }

  private void writeSettings() throws IOException {
    write(
        "settings.xml",
        """
        <settings>
          <localRepository>%s</localRepository>
          <mirrors>
            <mirror>
              <id>it</id>
              <mirrorOf>*</mirrorOf>
              <url>%s</url>
            </mirror>
          </mirrors>
          <pluginGroups>
            <pluginGroup>dev.whimbrel</pluginGroup>
          </pluginGroups>
        </settings>
        """
            .formatted(
                System.getProperty("it.repository"),
                Path.of(System.getProperty("it.central")).toUri()));
  }

  @Test
  void verifiesDeploysAndGoesBack() throws Exception {
    Ran first = maven("whimbrel:verify", "whimbrel:status", "whimbrel:deploy");
    assertThat(first.exit).as(first.out).isZero();
    assertThat(first.out)
        .contains(
            "1 revision, head aaaa00000001",
            "Database version: None",
            "✅ Database migration completed successfully!");

    Ran second = maven("whimbrel:deploy", "-Dwhimbrel.lockTimeout=5s", "-Dwhimbrel.json=true");
    assertThat(second.exit).as(second.out).isZero();
    assertThat(second.out).contains("\"command\":\"deploy\",\"state\":\"IN_SYNC\",\"exit\":0");

    Ran back = maven("whimbrel:downgrade", "-Dwhimbrel.target=-1", "-Dwhimbrel.yes=true");
    assertThat(back.exit).as(back.out).isZero();
    assertThat(back.out).contains("Database is now at version: None");
  }

  @Test
  void migratesFromTheEntitiesOfTheProject() throws Exception {
    write("whimbrel.toml", "engine = \"postgresql\"\n[models]\nentities = [\"com.example\"]\n");
    write(
        "src/main/java/com/example/Bird.java",
        """
        package com.example;

        @jakarta.persistence.Entity
        class Bird {
          @jakarta.persistence.Id Integer id;
          String name;
          int weight;
        }
        """);
    Ran before = maven("whimbrel:check");
    assertThat(before.exit).isEqualTo(1);
    assertThat(before.out).contains("whimbrel check ended with exit code 3");

    Ran migrated = maven("whimbrel:migrate", "-Dwhimbrel.message=Weigh the birds");
    assertThat(migrated.exit).as(migrated.out).isZero();
    assertThat(migrated.out).contains("weight", "_weigh_the_birds.sql");

    Ran after = maven("whimbrel:check", "whimbrel:diff");
    assertThat(after.exit).as(after.out).isZero();
  }

  @Test
  void failsTheBuildWithTheMessageOfTheCommand() throws Exception {
    Ran ran = maven("whimbrel:deploy", "-Dwhimbrel.lockTimeout=soon");
    assertThat(ran.exit).isEqualTo(1);
    assertThat(ran.out).contains("E_CONFIG", "soon", "whimbrel deploy ended with exit code 2");
  }

  private void write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private record Ran(int exit, String out) {}

  private Ran maven(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("it.maven"), "bin", "mvn").toString());
    command.addAll(List.of("-B", "-ntp", "-s", "settings.xml"));
    command.addAll(List.of(arguments));
    Path log = project.resolve("maven.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.endsWith("_URL") || name.startsWith("WHIMBREL_"));
    int exit = builder.start().waitFor();
    return new Ran(exit, Files.readString(log, StandardCharsets.UTF_8));
  }
}
