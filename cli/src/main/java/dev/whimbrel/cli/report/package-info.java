/** What a rehearsal and the rules say, written for people, pull requests and programs. */
@NullMarked
package dev.whimbrel.cli.report;

import org.jspecify.annotations.NullMarked;
