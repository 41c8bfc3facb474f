package dev.whimbrel.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.source.Models.Generated;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entities as a source: what they own, what they need, and what tells two states apart. */
class EntitySourceTest {
  private static final String BOOK =
      """
      package lib;
      import jakarta.persistence.*;
      @Entity @Table(name = "book", schema = "public")
      public class Book {
        @Id @GeneratedValue(strategy = GenerationType.SEQUENCE) Long id;
        @Column(columnDefinition = "citext") String title;
        @Enumerated(EnumType.STRING) Kind kind;
      }
      enum Kind { CONSTANTS }
      """;

  @TempDir Path folder;

  @Test
  void ownsTheTablesItMapsWithWhatHibernateNamed() {
    Generated models = generate("PAPER", List.of(), false);
    assertThat(models.owns())
        .accepts(
            FactId.of(Kind.TABLE, "public", "book"),
            FactId.of(Kind.COLUMN, "public", "book", "title"),
            FactId.of(Kind.SEQUENCE, "public", "book_seq"),
            FactId.of(Kind.FOREIGN_KEY, "public", "book", "fk3g1j96g94xpk3lpxl2qbl985x"))
        .rejects(
            FactId.of(Kind.TABLE, "public", "loan"),
            FactId.of(Kind.COLUMN, "public", "loan", "title"),
            FactId.of(Kind.INDEX, "public", "book", "book_by_title"),
            FactId.of(Kind.CHECK, "public", "book", "no_empty_title"),
            FactId.of(Kind.VIEW, "public", "books"),
            FactId.of(Kind.TRIGGER, "public", "book", "stamp"));
    assertThat(models.origins()).containsEntry("public.book", "lib.Book");
  }

  @Test
  void whatIsKeptIsNobodysElseEvenWhereTheModelsOwnEverything() {
    Generated models = generate("PAPER", List.of("book.search", "audit_*"), true);
    assertThat(models.owns())
        .accepts(FactId.of(Kind.VIEW, "public", "books"), FactId.of(Kind.TABLE, "public", "loan"))
        .rejects(
            FactId.of(Kind.COLUMN, "public", "book", "search"),
            FactId.of(Kind.COLUMN, "public", "audit_log", "at"));
  }

  @Test
  void namesTheExtensionItNeedsAndMakesNoSchemaTwice() {
    Generated models = generate("PAPER", List.of(), false);
    assertThat(models.needs()).isEqualTo("create extension if not exists \"citext\";\n");
    assertThat(models.script()).startsWith("create schema if not exists public;\n");
  }

  @Test
  void theChecksumChangesWithAnEnumAndOnlyWithTheClasses() {
    String first = generate("PAPER", List.of(), false).tool();
    assertThat(first).matches("hibernate 6\\.6\\.\\S+, models [0-9a-f]{12}");
    assertThat(generate("PAPER", List.of("x"), true).tool()).isEqualTo(first);
    assertThat(generate("PAPER, AUDIO", List.of(), false).tool()).isNotEqualTo(first);
  }

  @Test
  void asksHibernateOnce() {
    AtomicInteger asked = new AtomicInteger();
    ClassPath classPath = compile("PAPER");
    EntitySource source =
        new EntitySource(
            (product, version) -> ModelOptions.of(classPath, product, version, folder),
            List.of(),
            false,
            ddl -> asked.incrementAndGet());
    assertThat(source.generate("postgresql", 18)).isSameAs(source.generate("postgresql", 18));
    assertThat(asked).hasValue(1);
  }

  private Generated generate(String constants, List<String> keep, boolean everything) {
    ClassPath classPath = compile(constants);
    return new EntitySource(
            (product, version) -> ModelOptions.of(classPath, product, version, folder),
            keep,
            everything,
            ddl -> {})
        .generate("postgresql", 18);
  }

  private ClassPath compile(String constants) {
    return Sources.compile(
        folder,
        Map.of("lib/Book.java", BOOK.replace("CONSTANTS", constants)),
        Sources.jars("6.6", "common"));
  }
}
