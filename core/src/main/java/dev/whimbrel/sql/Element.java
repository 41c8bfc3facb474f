package dev.whimbrel.sql;

import dev.whimbrel.error.Place;

/** What a {@link StatementReader} meets in a file, in order. */
public sealed interface Element permits Statement, Directive {
  /** Where it starts. */
  Place place();
}
