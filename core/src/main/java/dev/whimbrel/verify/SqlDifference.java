package dev.whimbrel.verify;

import java.util.ArrayList;
import java.util.List;

/** Two texts, line by line. */
public final class SqlDifference {
  private static final int LONGEST = 2000;

  private SqlDifference() {}

  /** The lines that differ: those of the first with a minus, those of the second with a plus. */
  public static List<String> lines(String before, String after) {
    List<String> old = meaningful(before);
    List<String> now = meaningful(after);
    int start = 0;
    while (start < old.size() && start < now.size() && old.get(start).equals(now.get(start))) {
      start++;
    }
    int end = 0;
    while (end < old.size() - start
        && end < now.size() - start
        && old.get(old.size() - 1 - end).equals(now.get(now.size() - 1 - end))) {
      end++;
    }
    return changed(old.subList(start, old.size() - end), now.subList(start, now.size() - end));
  }

  private static List<String> meaningful(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (!line.isBlank()) {
        lines.add(line.stripTrailing());
      }
    }
    return lines;
  }

  private static List<String> changed(List<String> old, List<String> now) {
    List<String> lines = new ArrayList<>();
    if ((long) old.size() * now.size() > (long) LONGEST * LONGEST) {
      old.forEach(line -> lines.add("- " + line));
      now.forEach(line -> lines.add("+ " + line));
      return lines;
    }
    int[][] common = common(old, now);
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        i++;
        j++;
      } else if (j == now.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add("- " + old.get(i++));
      } else {
        lines.add("+ " + now.get(j++));
      }
    }
    return lines;
  }

  /** How many lines two tails have in common. */
  private static int[][] common(List<String> old, List<String> now) {
    int[][] common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}
