/** Changes as statements, and statements as the text of a revision. */
@NullMarked
package dev.whimbrel.render;

import org.jspecify.annotations.NullMarked;
