@NullMarked
package dev.whimbrel.cli.config;

import org.jspecify.annotations.NullMarked;
