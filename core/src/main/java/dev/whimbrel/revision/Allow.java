package dev.whimbrel.revision;

/**
 * {@code -- +allow CODE reason}: a finding accepted for the next statement.
 *
 * @param code the finding's code
 * @param reason why it is accepted, never empty
 */
public record Allow(String code, String reason) {}
