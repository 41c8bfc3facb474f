package dev.whimbrel.spring;

import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.util.List;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why the application did not start, and what to do about it. */
final class WhimbrelFailureAnalyzer extends AbstractFailureAnalyzer<WhimbrelException> {
  @Override
  protected FailureAnalysis analyze(Throwable root, WhimbrelException cause) {
    Problem problem = cause.problem();
    StringBuilder description = new StringBuilder();
    description.append(problem.code()).append(": ").append(problem.problem());
    Place place = problem.place();
    if (place != null) {
      description.append("\n    at ").append(place);
    }
    if (problem.statement() != null) {
      description.append("\n\n").append(problem.statement().strip());
    }
    list(description, "Done:", problem.done());
    list(description, "Not done:", problem.notDone());
    return new FailureAnalysis(description.toString(), problem.remedy(), cause);
  }

  private static void list(StringBuilder description, String title, List<String> items) {
    if (!items.isEmpty()) {
      description.append("\n\n").append(title);
      items.forEach(item -> description.append("\n    ").append(item));
    }
  }
}
