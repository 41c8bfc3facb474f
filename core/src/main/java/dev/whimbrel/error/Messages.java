package dev.whimbrel.error;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The catalogue of texts, {@code messages.properties}; read when the first problem is built. */
final class Messages {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-zA-Z]+)}");

  private Messages() {}

  /**
   * The text of a key with its {@code {name}} placeholders filled.
   *
   * @throws IllegalArgumentException if the key, or a placeholder's value, is missing
   */
  static String text(String key, Map<String, String> values) {
    String template = Catalogue.TEXTS.getProperty(key);
    if (template == null) {
      throw new IllegalArgumentException("no text for " + key);
    }
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(found -> {
          String value = values.get(found.group(1));
          if (value == null) {
            throw new IllegalArgumentException("no value for {" + found.group(1) + "}: " + key);
          }
          return Matcher.quoteReplacement(value);
        });
  }

  private static final class Catalogue {
    static final Properties TEXTS = load();

    private static Properties load() {
      Properties texts = new Properties();
      try (InputStream in = Messages.class.getResourceAsStream("messages.properties")) {
        if (in == null) {
          throw new IllegalStateException("messages.properties is not on the class path");
        }
        texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return texts;
    }
  }
}
