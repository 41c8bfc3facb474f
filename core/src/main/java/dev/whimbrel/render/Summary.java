package dev.whimbrel.render;

import dev.whimbrel.change.Change;
import dev.whimbrel.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts changes for people: {@code +2 columns, +1 index, -1 check}. */
public final class Summary {
  private Summary() {}

  /** One line; empty when there are no changes. Something that is replaced counts as changed. */
  public static String of(List<Change> changes) {
    Map<List<Object>, Character> signs = new TreeMap<>(Summary::compare);
    for (Change change : changes) {
      List<Object> key = List.of(change.object().kind(), change.object());
      char sign = sign(change);
      signs.merge(key, sign, (one, other) -> one.equals(other) ? one : '~');
    }
    Map<String, Integer> counts = new java.util.LinkedHashMap<>();
    for (char sign : new char[] {'+', '~', '-'}) {
      signs.forEach((key, value) -> {
        if (value == sign) {
          counts.merge(sign + ((Kind) key.getFirst()).name(), 1, Integer::sum);
        }
      });
    }
    List<String> words = new ArrayList<>();
    counts.forEach((key, count) ->
        words.add(key.charAt(0) + String.valueOf(count) + " " + noun(key.substring(1), count)));
    return String.join(", ", words);
  }

  private static int compare(List<Object> left, List<Object> right) {
    return ((dev.whimbrel.schema.FactId) left.get(1))
        .compareTo((dev.whimbrel.schema.FactId) right.get(1));
  }

  private static char sign(Change change) {
    return switch (change) {
      case Change.Create ignored -> '+';
      case Change.Drop ignored -> '-';
      case Change.Alter ignored -> '~';
      case Change.Rename ignored -> '~';
      case Change.RenameLabel ignored -> '~';
    };
  }

  private static String noun(String kind, int count) {
    String word = kind.toLowerCase(Locale.ROOT).replace('_', ' ');
    if (count == 1 || kind.equals("STATISTICS") || kind.equals("OPTIONS")) {
      return word;
    }
    if (word.endsWith("y")) {
      return word.substring(0, word.length() - 1) + "ies";
    }
    return word.endsWith("x") || word.endsWith("s") ? word + "es" : word + "s";
  }
}
