package dev.whimbrel.dialect;

import dev.whimbrel.history.HistoryLayout;
import dev.whimbrel.sql.Lexis;
import org.jspecify.annotations.Nullable;

/**
 * An engine: everything the shared code asks it.
 *
 * @param name as in URLs and file names, such as {@code postgresql}
 * @param capabilities what the engine can do at all
 * @param lexis how its SQL is split into statements
 * @param connector opens connections
 * @param failures says what an error of the engine means
 * @param history how the history is kept
 * @param locking how deployers exclude each other
 * @param transactions what runs in a transaction, and what stands around it
 * @param witness tells whether a statement outside a transaction had its effect
 * @param sessions who else is there
 * @param contents what the database contains
 * @param checkup what {@code doctor} looks at
 * @param schemas how schemas are read, compared and written; null where that is not known
 */
public record Dialect(
    String name,
    Capabilities capabilities,
    Lexis lexis,
    Connector connector,
    Failures failures,
    HistoryLayout history,
    Locking locking,
    Transactions transactions,
    Witness witness,
    Sessions sessions,
    Contents contents,
    Checkup checkup,
    @Nullable SchemaTools schemas) {}
