package dev.whimbrel.sql;

import dev.whimbrel.error.Place;

/**
 * A comment line {@code -- +name argument} outside strings, quoted bodies and block comments.
 *
 * @param name the word after the plus sign, as written
 * @param argument the rest of the line without white space around it, possibly empty
 * @param place its first dash
 * @param insideStatement whether the statement around it had begun and not ended
 */
public record Directive(String name, String argument, Place place, boolean insideStatement)
    implements Element {}
