/** Generated migrations, from models to files. */
@NullMarked
package dev.whimbrel.acceptance.generate;

import org.jspecify.annotations.NullMarked;
