package dev.whimbrel.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasourceUrlTest {
  private final String[] database = Databases.empty();

  @Test
  void understandsTheUrlOfAPlatform(@TempDir Path folder) {
    String jdbc = database[0].substring(database[0].indexOf("//") + 2);
    String platform =
        "postgres://%s:%s@%s?sslmode=disable"
            .formatted(value(database[1]), value(database[2]), jdbc);
    try (var context =
        Application.start(
            "spring.datasource.url=" + platform,
            "whimbrel.mode=deploy",
            "whimbrel.migrations=" + Databases.migrations(folder))) {
      assertThat(context.getBean(Application.Birds.class).names()).containsExactly("whimbrel");
    }
  }

  @Test
  void keepsAnEmbeddedDatabaseBetweenStarts(@TempDir Path folder) {
    String[] properties = {
      "spring.datasource.url=embedded:postgresql:" + EmbeddedPostgres.DEFAULT_MAJOR,
      "whimbrel.embedded-directory=" + folder,
      "whimbrel.migrations=" + Databases.migrations(folder.resolve("migrations"))
    };
    Application.start(Databases.and(properties, "whimbrel.mode=deploy")).close();
    try (var context = Application.start(properties)) {
      assertThat(context.getBean(Application.Birds.class).names()).containsExactly("whimbrel");
    }
  }

  private static String value(String property) {
    return property.substring(property.indexOf('=') + 1);
  }
}
