package dev.whimbrel.hibernate;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds beans that decide how Hibernate names things. Spring Boot prefers such a bean to every
 * property, and only the running application could say what it is.
 */
final class NamingBeans {
  private static final String PHYSICAL = "org.hibernate.boot.model.naming.PhysicalNamingStrategy";
  private static final String IMPLICIT = "org.hibernate.boot.model.naming.ImplicitNamingStrategy";
  private static final Set<String> CUSTOMIZERS =
      Set.of(
          "org.springframework.boot.autoconfigure.orm.jpa.HibernatePropertiesCustomizer",
          "org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer");
  private static final Set<String> STEREOTYPES =
      Set.of(
          "org.springframework.stereotype.Component",
          "org.springframework.stereotype.Service",
          "org.springframework.stereotype.Repository",
          "org.springframework.context.annotation.Configuration",
          "jakarta.inject.Named");

  private final ClassIndex index;
  private final Map<String, ScannedClass> own = new HashMap<>();
  private final Map<String, Boolean> known = new HashMap<>();

  NamingBeans(ClassIndex index, List<ScannedClass> classes) {
    this.index = index;
    classes.forEach(scanned -> own.put(scanned.name(), scanned));
  }

  /**
   * Refuses to guess.
   *
   * @throws dev.whimbrel.error.WhimbrelException where a bean decides and the options do not
   */
  void check(ModelOptions options, List<String> warnings) {
    refuse(options.physicalNaming(), PHYSICAL, "physical-naming");
    refuse(options.implicitNaming(), IMPLICIT, "implicit-naming");
    List<String> customizers = new ArrayList<>();
    CUSTOMIZERS.forEach(type -> customizers.addAll(beans(type)));
    customizers.forEach(bean ->
        warnings.add(
            bean
                + " may change Hibernate's settings when the application starts; if it changes the"
                + " schema, repeat the setting under [models.properties]."));
  }

  private void refuse(@Nullable String chosen, String type, String key) {
    List<String> beans = chosen == null ? beans(type) : List.of();
    if (!beans.isEmpty()) {
      throw Problem.of(ErrorCode.E_SOURCE, "hibernate.naming-bean")
          .with("bean", String.join(" and ", beans))
          .with("type", type.substring(type.lastIndexOf('.') + 1))
          .with("key", key)
          .with("example", suggestion(beans.getFirst()))
          .with("ignore", ModelOptions.AS_CONFIGURED)
          .toException();
    }
  }

  private static String suggestion(String bean) {
    return bean.endsWith(")") ? "the.class.it.Returns" : bean.substring(bean.indexOf(' ') + 1);
  }

  /** {@code class a.b.C} and {@code a.b.C.method()} of all beans of the type, sorted. */
  private List<String> beans(String type) {
    Set<String> found = new LinkedHashSet<>();
    for (ScannedClass scanned :
        own.values().stream().sorted((a, b) -> a.name().compareTo(b.name())).toList()) {
      if (scanned.hasAny(STEREOTYPES) && isA(scanned.name(), type)) {
        found.add("class " + scanned.name());
      }
      for (ScannedClass.Bean bean : scanned.beans()) {
        if (isA(bean.type(), type)) {
          found.add(scanned.name() + "." + bean.method() + "()");
        }
      }
    }
    return List.copyOf(found);
  }

  private boolean isA(String name, String type) {
    if (name.equals(type)) {
      return true;
    }
    if (name.startsWith("java.") || !name.contains(".")) {
      return false;
    }
    String key = name + " " + type;
    Boolean answer = known.get(key);
    if (answer == null) {
      known.put(key, false); // also ends cycles in damaged class files
      ScannedClass scanned = scanned(name);
      answer = scanned != null && scanned.parents().stream().anyMatch(each -> isA(each, type));
      known.put(key, answer);
    }
    return answer;
  }

  private @Nullable ScannedClass scanned(String name) {
    ScannedClass mine = own.get(name);
    if (mine != null) {
      return mine;
    }
    return index
        .find(name.replace('.', '/') + ".class")
        .map(bytes -> {
          try {
            return ScannedClass.read(new ByteArrayInputStream(bytes));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        })
        .orElse(null);
  }
}
