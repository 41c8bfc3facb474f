package dev.whimbrel.apply;

import java.time.Duration;

/**
 * How patient a run is.
 *
 * @param lockTimeout for a lock of the database, zero for ever
 * @param statementTimeout for a statement, zero for ever
 * @param lockWait for another deployer
 * @param connectTimeout for a connection
 * @param retries of a batch after a lock timeout or a deadlock
 */
public record Limits(
    Duration lockTimeout,
    Duration statementTimeout,
    Duration lockWait,
    Duration connectTimeout,
    int retries) {}
