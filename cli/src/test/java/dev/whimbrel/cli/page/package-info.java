@NullMarked
package dev.whimbrel.cli.page;

import org.jspecify.annotations.NullMarked;
