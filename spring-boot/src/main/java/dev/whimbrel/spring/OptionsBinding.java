package dev.whimbrel.spring;

import dev.whimbrel.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Fills the facade's options from the properties of the same names, {@code whimbrel.NAME}. */
final class OptionsBinding {
  private OptionsBinding() {}

  /**
   * Those of an application.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_CONFIG when an option can't have its value
   */
  static Options of(Environment environment) {
    Binder binder = Binder.get(environment);
    Options options = Options.defaults();
    for (String name : Options.names()) {
      String value = binder.bind("whimbrel." + name, Bindable.of(String.class)).orElse("");
      if (!value.isEmpty()) {
        options = options.with(name, value);
      }
    }
    if (options.commit().isEmpty()) {
      options = options.withCommitOf(variables(environment, Options.COMMIT_VARIABLES));
    }
    return options.withPreviewOf(variables(environment, Options.PREVIEW_VARIABLES));
  }

  private static Map<String, String> variables(Environment environment, List<String> names) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name : names) {
      variables.put(name, environment.getProperty(name, ""));
    }
    return variables;
  }
}
