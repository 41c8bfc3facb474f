package dev.whimbrel.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.whimbrel.dialect.sqlite.SqliteScratch;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchProvidersTest {
  @TempDir private Path folder;

  @Test
  void takesTheFirstThatWorks() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    ScratchProviders providers =
        new ScratchProviders(List.of(in("a file", file), in("a folder", folder.resolve("new"))));
    try (ScratchServer server = providers.open(new ScratchRequest("sqlite", 0))) {
      assertThat(server.description()).contains(folder.resolve("new").toString());
    }
  }

  @Test
  void listsWhatWasTriedInOrderWhenNoneWorks() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    ScratchProviders providers =
        new ScratchProviders(List.of(in("[scratch] url", file), in("[env.local]", folder)));
    WhimbrelException thrown =
        catchThrowableOfType(
            WhimbrelException.class, () -> providers.open(new ScratchRequest("postgresql", 15)));
    assertThat(thrown.code()).isEqualTo(ErrorCode.E_SCRATCH);
    assertThat(thrown.problem().problem().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("postgresql 15"),
            line -> assertThat(line).startsWith("1. [scratch] url: the folder " + file),
            line ->
                assertThat(line)
                    .isEqualTo("2. [env.local]: It is sqlite 3, and postgresql 15 is needed."));
    assertThat(thrown.problem().remedy()).contains("[scratch] url = \"postgresql://");
  }

  private static ScratchProvider in(String name, Path folder) {
    return new ScratchProvider() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public ScratchStrategy open(ScratchRequest request) {
        return SqliteScratch.in(folder);
      }
    };
  }
}
