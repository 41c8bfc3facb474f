package dev.whimbrel.change;

import dev.whimbrel.schema.Kind;
import java.util.Locale;

/** The names of changes for programs: a verb and a noun in camel case. */
final class ChangeKind {
  private ChangeKind() {}

  static String of(Change change) {
    Kind kind = change.object().kind();
    return switch (change) {
      case Change.Create ignored -> (isPart(kind) ? "Add" : "Create") + noun(kind);
      case Change.Drop ignored -> "Drop" + noun(kind);
      case Change.Alter ignored -> "Alter" + noun(kind) + (kind == Kind.COLUMN ? "Type" : "");
      case Change.Rename ignored -> "Rename" + noun(kind);
      case Change.RenameLabel ignored -> "RenameEnumLabel";
    };
  }

  private static boolean isPart(Kind kind) {
    return kind.isAttached()
        || switch (kind) {
          case COLUMN,
              COLUMN_DEFAULT,
              COLUMN_SETTING,
              IDENTITY,
              NOT_NULL,
              PRIMARY_KEY,
              UNIQUE,
              CHECK,
              EXCLUSION,
              FOREIGN_KEY,
              DOMAIN_CHECK,
              DOMAIN_DEFAULT,
              PUBLICATION_TABLE,
              PUBLICATION_SCHEMA ->
              true;
          default -> false;
        };
  }

  private static String noun(Kind kind) {
    StringBuilder noun = new StringBuilder();
    for (String word : kind.name().split("_", -1)) {
      noun.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return noun.toString();
  }
}
