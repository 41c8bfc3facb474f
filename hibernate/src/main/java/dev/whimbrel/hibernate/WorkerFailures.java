package dev.whimbrel.hibernate;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.hibernate.worker.Answer;
import java.util.stream.Collectors;

/** Turns the worker's failures into problems with a next step. */
final class WorkerFailures {
  private static final int FRAMES = 12;

  private WorkerFailures() {}

  static WhimbrelException problem(ModelOptions options, Answer.Failure failure) {
    Problem.Builder problem =
        Problem.of(ErrorCode.E_SOURCE, key(failure.kind()))
            .with("subject", failure.subject())
            .with("entity", failure.entity().isEmpty() ? "the models" : failure.entity())
            .with("message", indented(failure.message()))
            .with("product", options.product())
            .with("entries", options.classPath().entries().size())
            .with("trace", firstFrames(failure.trace()));
    return problem.toException();
  }

  private static String key(Answer.Kind kind) {
    return switch (kind) {
      case NO_HIBERNATE -> "hibernate.absent";
      case OLD_HIBERNATE -> "hibernate.too-old";
      case MISSING_CLASS -> "hibernate.missing-class";
      case CLASS_VERSION -> "hibernate.class-version";
      case NO_DIALECT -> "hibernate.no-dialect";
      case SETTINGS -> "hibernate.settings";
      case BEAN_VALIDATION -> "hibernate.bean-validation";
      case MAPPING -> "hibernate.mapping";
      case FAULT -> "hibernate.fault";
    };
  }

  private static String indented(String message) {
    return message.lines().collect(Collectors.joining("\n  "));
  }

  private static String firstFrames(String trace) {
    return trace.lines().limit(FRAMES).collect(Collectors.joining("\n"));
  }
}
