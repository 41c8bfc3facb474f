package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An exclusion constraint, as a question to rows.
 *
 * @param elements expressions and the operators by which two rows must differ
 * @param predicate of the rows it is about
 */
record Exclusion(List<Element> elements, String predicate) {
  private static final Pattern ELEMENT =
      Pattern.compile(
          "(?s)(.+?)(?: \\w+_ops(?:\\s*\\([^)]*\\))?)? WITH (.+)", Pattern.CASE_INSENSITIVE);

  Exclusion {
    elements = List.copyOf(elements);
  }

  /**
   * An element.
   *
   * @param range whether it is a range, so that its values can be put in order
   */
  record Element(String expression, String operator, boolean range) {
    boolean isEquality() {
      return operator.equals("=");
    }
  }

  /**
   * Reads what the server prints; null where it cannot be read.
   *
   * @param table with its columns as they are now
   */
  static @Nullable Exclusion of(String definition, Catalog.Relation table) {
    int open = definition.indexOf('(');
    if (open < 0) {
      return null;
    }
    List<Element> elements = new ArrayList<>();
    int depth = 0;
    int from = open + 1;
    int at = open;
    do {
      char c = definition.charAt(at);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if ((c == ',' && depth == 1) || depth == 0) {
        Matcher element = ELEMENT.matcher(definition.substring(from, at).strip());
        if (!element.matches()) {
          return null;
        }
        elements.add(
            new Element(
                element.group(1), element.group(2).strip(), isRange(element.group(1), table)));
        from = at + 1;
      }
      at++;
    } while (depth > 0 && at < definition.length());
    Matcher where =
        Pattern.compile("(?is)\\bWHERE\\s*(\\(.*\\))").matcher(definition.substring(at));
    return new Exclusion(elements, where.find() ? where.group(1) : "true");
  }

  /**
   * Whether neighbours tell all: of ranges in order, if any two overlap, two neighbours do. So
   * there is no need to compare each with each.
   */
  private boolean isAboutRanges() {
    return elements.stream().filter(each -> !each.isEquality()).count() == 1
        && elements.stream().anyMatch(each -> each.operator().equals("&&") && each.range());
  }

  private static boolean isRange(String expression, Catalog.Relation table) {
    Catalog.Column column = table.column(expression.replace("\"", ""));
    return column == null
        ? expression.matches("(?is)\\(*\\w*range\\(.*")
        : column.type().matches("\\w*range");
  }

  /** The rows it is about, called t, with their elements as columns. */
  String from(String rows) {
    String all = rows(rows);
    if (!isAboutRanges()) {
      return "(" + all + ") t";
    }
    List<String> equal = new ArrayList<>();
    String range = "";
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i).isEquality()) {
        equal.add("whimbrel_" + i);
      } else {
        range = "whimbrel_" + i;
      }
    }
    return "(select *, pg_catalog.lag(%1$s) over (%2$s order by %1$s) as whimbrel_before from (%3$s) e) t"
        .formatted(range, equal.isEmpty() ? "" : "partition by " + String.join(", ", equal), all);
  }

  private String rows(String rows) {
    List<String> columns = new ArrayList<>();
    List<String> present = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      columns.add("(%s) as whimbrel_%d".formatted(elements.get(i).expression(), i));
      present.add("(%s) is not null".formatted(elements.get(i).expression()));
    }
    return "select *, %s from %s where %s and %s"
        .formatted(String.join(", ", columns), rows, predicate, String.join(" and ", present));
  }

  /** What holds for rows in the way; for ranges, for at least one of each two. */
  String violation(String rows) {
    List<String> same = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      String operator = elements.get(i).operator();
      if (isAboutRanges()) {
        if (!elements.get(i).isEquality()) {
          return "t.whimbrel_%d && t.whimbrel_before".formatted(i);
        }
      } else {
        same.add("t.whimbrel_%1$d %2$s u.whimbrel_%1$d".formatted(i, operator));
      }
    }
    return "exists (select from (%s) u where u.whimbrel_row <> t.whimbrel_row and %s)"
        .formatted(rows(rows), String.join(" and ", same));
  }
}
