package dev.whimbrel.hibernate.worker;

import java.io.IOException;
import java.util.List;

/** Chooses whose settings to resolve; each framework's classes load only where it is used. */
final class ApplicationSettings {
  private ApplicationSettings() {}

  /**
   * Adds the settings of the application's framework.
   *
   * @return the XML mappings that the settings name
   */
  static List<String> resolve(Request request, Settings settings, List<String> warnings)
      throws IOException, ReflectiveOperationException {
    return switch (request.application()) {
      case SPRING_BOOT -> SpringSettings.resolve(settings, request.profiles(), warnings);
      case QUARKUS -> {
        QuarkusSettings.resolve(settings, request.profiles());
        yield List.of();
      }
      case PLAIN -> List.of();
    };
  }
}
