package dev.whimbrel.revision;

import dev.whimbrel.error.Place;
import java.util.List;

/**
 * The upgrade or the downgrade half of a revision.
 *
 * @param sql all its text as in the file, directives and comments included, without blank lines
 *     around it
 * @param steps its statements in order, possibly none
 * @param place its directive, {@code -- +upgrade} or {@code -- +downgrade}
 * @param repeatable whether it runs again whenever its SQL has changed
 */
public record Part(String sql, List<Step> steps, Place place, boolean repeatable) {
  public Part {
    steps = List.copyOf(steps);
  }
}
