package dev.whimbrel.hibernate.worker;

import java.util.List;
import java.util.Optional;

/** Which Hibernate is on the class path, and whether it will do. */
final class HibernateVersion {
  private HibernateVersion() {}

  /** Why the class path will not do; empty if it will. */
  static Optional<Answer.Failure> problem() {
    if (!isPresent("org.hibernate.Version")) {
      return Optional.of(Failures.failure(Answer.Kind.NO_HIBERNATE, "", "", "", null));
    }
    if (!isPresent("jakarta.persistence.Entity")) {
      return Optional.of(Failures.failure(Answer.Kind.OLD_HIBERNATE, text(), "", "", null));
    }
    String[] numbers = text().split("\\.", -1);
    boolean tooOld = major() < 6 || (major() == 6 && Integer.parseInt(numbers[1]) < 2);
    return tooOld
        ? Optional.of(Failures.failure(Answer.Kind.OLD_HIBERNATE, text(), "", "", null))
        : Optional.empty();
  }

  /** The names as this Hibernate wants them: up to 7, a package is named without a class. */
  static List<String> managedNames(List<String> classes) {
    String suffix = ".package-info";
    if (major() >= 8) {
      return classes;
    }
    return classes.stream()
        .map(name ->
            name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name)
        .toList();
  }

  private static int major() {
    return Integer.parseInt(text().substring(0, text().indexOf('.')));
  }

  static String text() {
    return org.hibernate.Version.getVersionString();
  }

  private static boolean isPresent(String name) {
    try {
      Class.forName(name, false, Thread.currentThread().getContextClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
