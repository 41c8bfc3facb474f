/**
 * What differs between engines: a record of strategies and capabilities, and the database's URL.
 */
@NullMarked
package dev.whimbrel.dialect;

import org.jspecify.annotations.NullMarked;
