package dev.whimbrel.importing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads the migrations and the history of one other tool; immutable. */
public interface Importer {
  /** Its word on the command line, such as {@code alembic}. */
  String word();

  /** Its name for people, such as {@code Alembic}. */
  String tool();

  /** What a directory of this tool has, one for each kind of place that is looked at. */
  List<String> looksFor();

  /** Whether a directory looks like one of this tool; reads no more than names and first lines. */
  boolean recognises(Path directory);

  /**
   * Reads the migrations; connects to nothing and changes nothing.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_SOURCE} with file and line if they can't
   *     be understood, {@code E_FILE} if they can't be read
   */
  Imported read(ImportRequest request);

  /** The platform whose own schemas do not count where nothing else is said; empty for none. */
  default String platform() {
    return "";
  }

  /** Names of columns, in lower case, of which the tool's own table has all. */
  List<String> columns();

  /** Whether a table with these columns is the tool's own. */
  boolean keeps(ForeignTable table);

  /**
   * What the tool's own table says.
   *
   * @param rows by column name in lower case, as texts; a null is not there
   */
  Standing judge(Imported imported, List<Map<String, String>> rows);
}
