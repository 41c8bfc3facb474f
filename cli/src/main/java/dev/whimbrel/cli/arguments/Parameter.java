package dev.whimbrel.cli.arguments;

/**
 * The words of a command line that belong to no option.
 *
 * @param label stands for them in help and in errors
 * @param required whether there must be one
 * @param several whether there may be more than one
 */
public record Parameter(String label, boolean required, boolean several, String about) {}
