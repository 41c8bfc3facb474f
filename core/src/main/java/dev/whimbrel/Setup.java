package dev.whimbrel;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a facade was built with; its text form has no password. */
record Setup(
    Path migrations,
    String url,
    @Nullable String user,
    @Nullable String password,
    String engine,
    Options options,
    Consumer<Event> events) {
  @Override
  public String toString() {
    return "Setup[" + migrations + "]";
  }
}
