@org.jspecify.annotations.NullMarked
package dev.whimbrel.rehearse;
