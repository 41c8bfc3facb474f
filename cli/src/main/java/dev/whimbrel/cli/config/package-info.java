/** {@code whimbrel.toml}, its variables, and which database is meant. */
@NullMarked
package dev.whimbrel.cli.config;

import org.jspecify.annotations.NullMarked;
