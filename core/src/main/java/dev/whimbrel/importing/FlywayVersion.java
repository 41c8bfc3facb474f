package dev.whimbrel.importing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A version as Flyway orders them: number by number, and zeros at the end don't count.
 *
 * @param text as Flyway shows it, with dots
 */
record FlywayVersion(String text) implements Comparable<FlywayVersion> {
  private static final Pattern FORM = Pattern.compile("\\d+(?:[._]\\d+)*");

  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  static FlywayVersion of(String text) {
    return new FlywayVersion(text.replace('_', '.'));
  }

  private List<BigInteger> numbers() {
    List<BigInteger> numbers = new ArrayList<>();
    for (String part : text.split("\\.", -1)) {
      numbers.add(new BigInteger(part));
    }
    while (numbers.size() > 1 && numbers.getLast().signum() == 0) {
      numbers.removeLast();
    }
    return numbers;
  }

  @Override
  public int compareTo(FlywayVersion other) {
    List<BigInteger> mine = numbers();
    List<BigInteger> theirs = other.numbers();
    for (int i = 0; i < Math.max(mine.size(), theirs.size()); i++) {
      BigInteger left = i < mine.size() ? mine.get(i) : BigInteger.ZERO;
      BigInteger right = i < theirs.size() ? theirs.get(i) : BigInteger.ZERO;
      int order = left.compareTo(right);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FlywayVersion version && compareTo(version) == 0;
  }

  @Override
  public int hashCode() {
    return numbers().hashCode();
  }
}
