package dev.whimbrel.hibernate.worker;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what an exception on the way to the DDL means to the user. */
final class Failures {
  private static final Pattern CLASS_NAME = Pattern.compile("(?:[\\w$]+[./])+[\\w$]+");

  private Failures() {}

  static Answer.Failure of(Throwable thrown, Request request) {
    List<Throwable> chain = chain(thrown);
    List<String> classes = classes(request);
    String newer = tooNew(classes);
    if (!newer.isEmpty()) {
      return failure(Answer.Kind.CLASS_VERSION, "", "", newer, thrown);
    }
    if (chain.stream().anyMatch(cause -> isOf(cause, "jakarta.validation."))) {
      return failure(Answer.Kind.BEAN_VALIDATION, "", "", story(chain), thrown);
    }
    for (Throwable cause : chain.reversed()) {
      String missing = missing(cause);
      if (missing != null) {
        String entity = entityNeeding(missing, classes);
        String named = entity.isEmpty() ? entityNamed(chain, classes) : entity;
        return failure(Answer.Kind.MISSING_CLASS, missing, named, text(cause), thrown);
      }
    }
    String entity = entityNamed(chain, classes);
    boolean dialect = chain.stream().anyMatch(cause -> text(cause).contains("Dialect"));
    if (dialect && entity.isEmpty()) {
      return failure(Answer.Kind.NO_DIALECT, request.product(), "", story(chain), thrown);
    }
    boolean hibernate =
        chain.stream()
            .anyMatch(
                cause -> isOf(cause, "org.hibernate.") || isOf(cause, "jakarta.persistence."));
    Answer.Kind kind = hibernate ? Answer.Kind.MAPPING : Answer.Kind.FAULT;
    return failure(kind, "", entity, story(chain), thrown);
  }

  static Answer.Failure failure(
      Answer.Kind kind, String subject, String entity, String message, @Nullable Throwable thrown) {
    StringWriter trace = new StringWriter();
    if (thrown != null) {
      thrown.printStackTrace(new PrintWriter(trace));
    }
    return new Answer.Failure(kind, subject, entity, message, trace.toString());
  }

  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable at = thrown; at != null && !chain.contains(at); at = at.getCause()) {
      chain.add(at);
    }
    return chain;
  }

  private static boolean isOf(Throwable thrown, String packageName) {
    return thrown.getClass().getName().startsWith(packageName);
  }

  private static String text(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null ? thrown.getClass().getName() : message;
  }

  /** The messages from outside to inside; a message that only repeats its cause's is left out. */
  static String story(Throwable thrown) {
    return story(chain(thrown));
  }

  private static String story(List<Throwable> chain) {
    List<String> lines = new ArrayList<>();
    for (Throwable cause : chain) {
      String line = text(cause).strip();
      if (lines.stream().noneMatch(said -> said.contains(line))) {
        lines.removeIf(line::contains);
        lines.add(line);
      }
    }
    return String.join("\n", lines);
  }

  private static @Nullable String missing(Throwable cause) {
    if (cause instanceof TypeNotPresentException absent) {
      return absent.typeName();
    }
    boolean isMissing =
        cause instanceof NoClassDefFoundError || cause instanceof ClassNotFoundException;
    Matcher name = CLASS_NAME.matcher(text(cause));
    return isMissing && name.find() ? name.group().replace('/', '.') : null;
  }

  private static List<String> classes(Request request) {
    return request.units().stream().flatMap(unit -> unit.classes().stream()).distinct().toList();
  }

  /**
   * What the JVM says of the first class that is too new for it; Hibernate only says it is absent.
   */
  private static String tooNew(List<String> classes) {
    for (String name : classes) {
      try {
        Class.forName(name, false, Thread.currentThread().getContextClassLoader());
      } catch (UnsupportedClassVersionError e) {
        return text(e);
      } catch (ClassNotFoundException | LinkageError e) {
        // Absent or damaged is another question.
      }
    }
    return "";
  }

  /** The class whose members cannot be read without the missing one; empty if none is found. */
  private static String entityNeeding(String missing, List<String> classes) {
    for (String name : classes) {
      try {
        Class<?> type = Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        resolveMembers(type);
      } catch (ClassNotFoundException | LinkageError | TypeNotPresentException e) {
        if (text(e).replace('/', '.').contains(missing)) {
          return name;
        }
      }
    }
    return "";
  }

  @SuppressWarnings("ReturnValueIgnored") // asked only for the error it may throw
  private static void resolveMembers(Class<?> type) {
    type.getDeclaredFields();
    type.getDeclaredMethods();
    type.getGenericSuperclass();
  }

  /** The managed class that a message names; the longest name wins. */
  private static String entityNamed(List<Throwable> chain, List<String> classes) {
    for (Throwable cause : chain.reversed()) {
      String message = text(cause);
      String found =
          classes.stream()
              .filter(message::contains)
              .max(Comparator.comparingInt(String::length))
              .orElse("");
      if (!found.isEmpty()) {
        return found;
      }
    }
    return "";
  }
}
