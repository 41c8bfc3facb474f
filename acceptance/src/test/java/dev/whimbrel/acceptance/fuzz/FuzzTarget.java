package dev.whimbrel.acceptance.fuzz;

import java.util.Arrays;

/** What the fuzzer calls. */
public final class FuzzTarget {
  private FuzzTarget() {}

  /** Called by the fuzzer, by this name; the first byte chooses the parser. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    if (bytes.length > 0) {
      Parser[] all = Parser.values();
      all[(bytes[0] & 0x7f) % all.length].read(Arrays.copyOfRange(bytes, 1, bytes.length));
    }
  }
}
