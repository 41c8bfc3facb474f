package dev.whimbrel.schema;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Copies for the records of this package. */
final class Contents {
  private Contents() {}

  static SortedMap<String, String> copy(SortedMap<String, String> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
