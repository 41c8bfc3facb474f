package dev.whimbrel.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything a database records about an applied revision.
 *
 * @param downgrade null when the revision can't be taken back
 * @param appliedAt null while it is not written yet: the database's clock decides
 * @param appliedBy empty while it is not written yet and the database user is meant
 * @param durationMs negative while it is not written yet and the database is to measure it
 * @param commit of the deployed code; empty where unknown
 */
public record HistoryRow(
    AppliedRevision revision,
    String message,
    String upgrade,
    @Nullable String downgrade,
    @Nullable Instant appliedAt,
    String appliedBy,
    long durationMs,
    String toolVersion,
    String commit) {}
