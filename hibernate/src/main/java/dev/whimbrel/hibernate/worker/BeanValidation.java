package dev.whimbrel.hibernate.worker;

import java.lang.reflect.InvocationTargetException;
import java.util.List;

/** Tells when constraints such as {@code @NotNull} cannot reach the DDL. */
final class BeanValidation {
  private BeanValidation() {}

  /** Warns when the API and a provider are there and the provider cannot start. */
  static void warn(List<String> warnings) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    if (loader.getResource("META-INF/services/jakarta.validation.spi.ValidationProvider") == null) {
      return;
    }
    try {
      Class<?> validation = Class.forName("jakarta.validation.Validation", true, loader);
      Object factory = validation.getMethod("buildDefaultValidatorFactory").invoke(null);
      ((AutoCloseable) factory).close();
    } catch (ClassNotFoundException e) {
      // The provider's jar came without the API; the application does without it, too.
    } catch (InvocationTargetException e) {
      warnings.add(
          "Bean Validation cannot start here, so @NotNull, @Size and the like are not in the DDL: "
              + Failures.story(e.getTargetException()));
    } catch (Exception e) {
      warnings.add("Bean Validation cannot be asked: " + Failures.story(e));
    }
  }
}
