package dev.whimbrel.dialect;

/**
 * What an engine can do at all.
 *
 * @param batches whether several statements can be sent in one message
 * @param scriptBegin how a script for a person begins a transaction
 */
public record Capabilities(boolean batches, String scriptBegin) {}
