package dev.whimbrel.dialect;

import java.util.List;

/**
 * What a server answered to one question, as text.
 *
 * @param version the engine's name and version, such as {@code postgresql 15.18}
 * @param rows each with its columns in order; a null comes as an empty text
 */
public record Answer(String version, List<List<String>> rows) {}
