package dev.whimbrel.history;

/**
 * A revision that was begun outside a transaction and never finished.
 *
 * @param revision its id
 * @param down whether it was being taken back
 * @param run the run that began it
 * @param since when, ISO-8601 in UTC
 */
public record Unfinished(String revision, boolean down, String run, String since) {}
