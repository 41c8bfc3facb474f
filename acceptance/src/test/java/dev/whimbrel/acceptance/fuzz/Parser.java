package dev.whimbrel.acceptance.fuzz;

import dev.whimbrel.cli.config.Config;
import dev.whimbrel.cli.config.Database;
import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.graph.Address;
import dev.whimbrel.graph.Graph;
import dev.whimbrel.revision.Revision;
import dev.whimbrel.revision.RevisionReader;
import dev.whimbrel.schema.CanonicalText;
import dev.whimbrel.sql.Checksum;
import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Splitter;
import dev.whimbrel.sql.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What reads input that others wrote; each is fuzzed on its own. */
enum Parser {
  /** Revision files, for each engine. */
  REVISION {
    @Override
    void read(String text) {
      for (Lexis lexis : LEXES) {
        Revision revision = new RevisionReader(lexis).read("fuzz.sql", text);
        check(revision.checksum().length() == 64, "a checksum is as long as SHA-256");
        Revision again = new RevisionReader(lexis).read("fuzz.sql", text);
        check(again.equals(revision), "the same file is the same revision");
      }
    }
  },

  /** Scripts, for each engine. */
  SCRIPT {
    @Override
    void read(String text) {
      for (Lexis lexis : LEXES) {
        Splitter splitter = new Splitter(lexis);
        splitter.tokens(text);
        Checksum.of(lexis, text);
        for (Statement statement : splitter.split("fuzz.sql", text)) {
          check(text.contains(statement.text()), "a statement is a part of its script");
          check(statement.place().line() > 0, "a statement has a line");
        }
      }
    }
  },

  /** URLs of databases. */
  URL {
    @Override
    void read(String text) {
      DatabaseUrl url = DatabaseUrl.parse(text);
      String shown = url.toString().replaceFirst("^\\w+://", "");
      url.engine();
      if (!url.isEmbedded()) {
        url.jdbcUrl();
      }
      String password = url.password();
      if (password != null && password.length() > 9) {
        check(
            !shown.contains(password)
                || (url.user() + url.hosts() + url.database()).contains(password),
            "a URL is shown without its password");
      }
    }
  },

  /** {@code whimbrel.toml}. */
  CONFIG {
    @Override
    void read(String text) {
      try {
        Files.writeString(FOLDER.resolve("whimbrel.toml"), text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Config config = Config.read(FOLDER, Map.of("HOME", "/root"));
      config.migrations();
      config.options(null);
      config.texts("models.entities");
      config.table("models.properties.");
      config.duration("models.timeout");
      Database.choose(config, null, null);
    }
  },

  /** Addresses of revisions. */
  ADDRESS {
    @Override
    void read(String text) {
      GRAPH.resolve(text, List.of("2bbbb"));
    }
  },

  /** Ranges of revisions. */
  RANGE {
    @Override
    void read(String text) {
      Address.parse(text);
      GRAPH.range(text, List.of("2bbbb"));
    }
  },

  /** The text of a schema, as a database remembers it. */
  SCHEMA {
    @Override
    void read(String text) {
      try {
        CanonicalText.compare(text, "TABLE public.t\n  kind: TABLE\n");
      } catch (IllegalArgumentException e) {
        check(e.getMessage() != null, "a refusal says why");
      }
    }
  };

  private static final List<Lexis> LEXES =
      List.of(Lexis.postgresql(), Lexis.sqlite(), Lexis.mysql());
  private static final Path FOLDER = folder();
  private static final Graph GRAPH = graph();

  /** Reads it, or throws {@link WhimbrelException}; anything else is a fault. */
  abstract void read(String text);

  /** Reads bytes as the program reads a file. */
  final void read(byte[] bytes) {
    try {
      read(new String(bytes, StandardCharsets.UTF_8));
    } catch (WhimbrelException e) {
      check(!e.problem().problem().isEmpty(), "a refusal says what is wrong");
      check(!e.problem().remedy().isEmpty(), "a refusal says what to do");
    }
  }

  /** Where its corpus is kept. */
  final String folderName() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  private static Path folder() {
    try {
      Path memory = Path.of("/dev/shm");
      Path folder =
          Files.isWritable(memory)
              ? Files.createTempDirectory(memory, "whimbrel-fuzz")
              : Files.createTempDirectory("whimbrel-fuzz");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve("whimbrel.toml"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Two branches, a merge, a label. */
  private static Graph graph() {
    List<Revision> all = new ArrayList<>();
    String[][] shape = {
      {"1aaaa", "", ""},
      {"2bbbb", "1aaaa", "left"},
      {"3cccc", "1aaaa", ""},
      {"4dddd", "2bbbb, 3cccc", ""},
      {"5eeee", "4dddd", ""},
      {"5eeef", "4dddd", "right"}
    };
    for (String[] each : shape) {
      all.add(
          new RevisionReader(Lexis.postgresql())
              .read(
                  each[0] + ".sql",
                  "-- revision: %s\n-- revises: %s\n-- message: m\n-- created: 2026-01-09T12:30:00Z\n%s\n-- +upgrade\n\nselect 1;\n"
                      .formatted(
                          each[0], each[1], each[2].isEmpty() ? "" : "-- labels: " + each[2])));
    }
    return Graph.of(all);
  }
}
