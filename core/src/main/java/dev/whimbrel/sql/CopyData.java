package dev.whimbrel.sql;

import dev.whimbrel.error.Place;

/**
 * The lines between {@code COPY … FROM stdin;} and {@code \.}.
 *
 * @param text the lines as in the file, each with its line end; without the closing {@code \.}
 * @param place where the first line starts
 */
public record CopyData(String text, Place place) {}
