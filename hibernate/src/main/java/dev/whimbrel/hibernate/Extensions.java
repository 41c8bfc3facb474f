package dev.whimbrel.hibernate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** PostgreSQL's extensions by what mappings use of them, such as a column of type citext. */
final class Extensions {
  private static final Map<String, Pattern> SIGNS = new TreeMap<>();

  static {
    types("citext", "citext");
    types("hstore", "hstore");
    types("ltree", "ltree|lquery|ltxtquery");
    types("cube", "cube");
    types("isn", "isbn13|isbn|issn13|issn|ean13|upc");
    types("postgis", "geometry|geography");
    types("vector", "vector|halfvec|sparsevec");
    functions("uuid-ossp", "uuid_generate_v[1345]\\w*");
    functions("pgcrypto", "gen_salt|crypt|digest|gen_random_bytes");
    functions("pg_trgm", "similarity");
    functions("unaccent", "unaccent");
  }

  private Extensions() {}

  /** A type stands after the name of its column; what comes after these words is a name itself. */
  private static void types(String extension, String names) {
    String name = "(?<=[\\w\"]\\s)(?<!\\b(?:table|on|exists|sequence|references|type|column)\\s)";
    SIGNS.put(extension, Pattern.compile("(?i)" + name + "(?:" + names + ")(?=[\\s(),\\[]|$)"));
  }

  private static void functions(String extension, String names) {
    SIGNS.put(extension, Pattern.compile("(?i)(?<![\\w.\"])(?:" + names + ")\\s*\\("));
  }

  /** SQL that creates the extensions whose types or functions the statements may use. */
  static String needed(List<String> statements) {
    TreeSet<String> needed = new TreeSet<>();
    SIGNS.forEach((extension, sign) -> {
      if (statements.stream().anyMatch(each -> sign.matcher(each).find())) {
        needed.add("create extension if not exists \"" + extension + "\";\n");
      }
    });
    return String.join("", needed);
  }
}
