/** What is to be done: the gate's verdict and the ordered steps, all pure and printable. */
@NullMarked
package dev.whimbrel.plan;

import org.jspecify.annotations.NullMarked;
