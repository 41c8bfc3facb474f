package dev.whimbrel.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.whimbrel.Options;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The keys are declared once; the facade, the schema and the guide say the same. */
class KeysTest {
  private static final Path SCHEMA = Path.of("../docs/whimbrel.schema.json");
  private static final Path GUIDE = Path.of("../docs/guide/configuration.md");

  @Test
  void everyOptionOfTheFacadeIsAKey() {
    assertThat(Keys.OPTIONS.stream().map(Keys.Key::option))
        .containsExactlyInAnyOrderElementsOf(Options.names());
  }

  @Test
  void thePublishedSchemaHasExactlyTheKeysOfTheCode() throws IOException {
    String schema = schema();
    if (Boolean.getBoolean("whimbrel.goldens")) {
      Files.writeString(SCHEMA, schema);
      throw new AssertionError("rewrote " + SCHEMA + "; run again without whimbrel.goldens");
    }
    assertThat(Files.readString(SCHEMA)).isEqualTo(schema);
  }

  @Test
  void theGuideNamesEveryKeyItsVariableAndWhatItIsFor() throws IOException {
    String guide = Files.readString(GUIDE);
    for (Keys.Key key : Keys.all()) {
      if (key.name().startsWith("env.") && Keys.OPTIONS.stream().anyMatch(o -> ends(key, o))) {
        continue;
      }
      assertThat(guide)
          .contains("| `" + key.name() + "` | `" + key.variable() + "` | " + key.about() + " |");
    }
  }

  @Test
  void theVariableOfAKeyIsInCapitalsWithUnderscores() {
    assertThat(Keys.variableOf("lock-timeout")).isEqualTo("WHIMBREL_LOCK_TIMEOUT");
    assertThat(Keys.variableOf("env.production.url")).isEqualTo("WHIMBREL_ENV_PRODUCTION_URL");
  }

  private static boolean ends(Keys.Key key, Keys.Key option) {
    return key.name().equals("env.*." + option.name());
  }

  private static String schema() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
      json.setPrettyPrinter(printer);
      json.writeStartObject();
      json.writeStringField("$schema", "https://json-schema.org/draft/2020-12/schema");
      json.writeStringField("title", "whimbrel.toml");
      table(json, "");
      json.writeEndObject();
    }
    return text + "\n";
  }

  /** The properties of a table, those of tables within it included. */
  private static void table(JsonGenerator json, String prefix) throws IOException {
    json.writeStringField("type", "object");
    TreeMap<String, Keys.Key> own = new TreeMap<>();
    TreeMap<String, String> tables = new TreeMap<>();
    for (Keys.Key key : Keys.all()) {
      if (key.name().startsWith(prefix)) {
        String rest = key.name().substring(prefix.length());
        int dot = rest.indexOf('.');
        if (dot < 0) {
          own.put(rest, key);
        } else {
          tables.put(rest.substring(0, dot), prefix + rest.substring(0, dot) + ".");
        }
      }
    }
    Keys.Key any = own.get("*");
    if (any != null) {
      json.writeObjectFieldStart("additionalProperties");
      json.writeStringField("description", any.about());
      types(json, List.of("string", "integer", "boolean"));
      json.writeEndObject();
      return;
    }
    if (tables.containsKey("*")) {
      json.writeObjectFieldStart("additionalProperties");
      table(json, prefix + "*.");
      json.writeEndObject();
      return;
    }
    json.writeBooleanField("additionalProperties", false);
    json.writeObjectFieldStart("properties");
    for (Keys.Key key : own.values()) {
      property(json, key, key.name().substring(prefix.length()));
    }
    for (String name : tables.keySet()) {
      json.writeObjectFieldStart(name);
      table(json, prefix + name + ".");
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void property(JsonGenerator json, Keys.Key key, String name) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("description", key.about());
    switch (key.kind()) {
      case TEXT -> json.writeStringField("type", "string");
      case NUMBER -> {
        json.writeStringField("type", "integer");
        json.writeNumberField("minimum", 0);
      }
      case FLAG -> json.writeStringField("type", "boolean");
      case DURATION -> types(json, List.of("string", "integer"));
      case TEXTS -> {
        types(json, List.of("string", "array"));
        json.writeObjectFieldStart("items");
        json.writeStringField("type", "string");
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }

  private static void types(JsonGenerator json, List<String> types) throws IOException {
    json.writeArrayFieldStart("type");
    for (String type : types) {
      json.writeString(type);
    }
    json.writeEndArray();
  }
}
