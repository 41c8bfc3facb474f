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
        QuarkusSettings.resolve(settings, request.profiles(), unit(request));
        yield List.of();
      }
      case PLAIN -> List.of();
    };
  }

  /** The one unit of Quarkus with a name of its own; else the default one, whose name is empty. */
  private static String unit(Request request) {
    List<Request.Unit> units = request.units();
    boolean named =
        units.size() == 1
            && units.get(0).origin().equals(Request.QUARKUS_UNIT)
            && !units.get(0).name().equals(Request.DEFAULT_UNIT);
    return named ? units.get(0).name() : "";
  }
}
