package dev.whimbrel.cli.page;

import java.util.List;
import java.util.Locale;

/** Numbers and lists as people read them. */
final class Words {
  private Words() {}

  /** Such as {@code 1 row} or {@code 2,000 rows}. */
  static String count(long count, String noun) {
    return number(count) + " " + noun + (count == 1 ? "" : "s");
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Names in a row, the last of many left out. */
  static String some(List<String> names, int most) {
    return names.size() <= most
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
  }

  /** The name without the schema that most tables are in. */
  static String brief(String qualified) {
    return qualified.startsWith("public.") ? qualified.substring(7) : qualified;
  }
}
