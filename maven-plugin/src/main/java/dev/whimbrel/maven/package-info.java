/** The goals of the Maven plugin: each is the command of the same name, for the project's build. */
@NullMarked
package dev.whimbrel.maven;

import org.jspecify.annotations.NullMarked;
