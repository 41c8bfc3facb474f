package dev.whimbrel.dialect;

/**
 * What an engine can do at all.
 *
 * @param batches whether several statements can be sent in one message
 * @param majorMatters whether a scratch database must have the target's major version
 * @param tellsEffects whether a session can be asked what it locked, read and copied
 * @param scriptBegin how a script for a person begins a transaction
 */
public record Capabilities(
    boolean batches, boolean majorMatters, boolean tellsEffects, String scriptBegin) {}
