package dev.whimbrel.acceptance.faults;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Messages of PostgreSQL's protocol, version 3. */
final class Wire {
  private Wire() {}

  /**
   * A message.
   *
   * @param type its letter; 0 for the first of a connection, which has none
   * @param bytes all of it, type and length included
   */
  record Message(char type, ByteBuffer bytes) {
    /** The text of a query. */
    String text() {
      return StandardCharsets.UTF_8.decode(bytes.slice(5, bytes.capacity() - 6)).toString();
    }

    /** What the first message says under a key; empty when it doesn't. */
    String parameter(String key) {
      String[] words =
          StandardCharsets.UTF_8
              .decode(bytes.slice(8, bytes.capacity() - 8))
              .toString()
              .split("\0", -1);
      for (int i = 0; i + 1 < words.length; i += 2) {
        if (words[i].equals(key)) {
          return words[i + 1];
        }
      }
      return "";
    }
  }

  /** The next message; null at the end of the stream. */
  static @Nullable Message read(DataInputStream in, boolean first) throws IOException {
    try {
      int type = first ? 0 : in.readUnsignedByte();
      int length = in.readInt();
      ByteBuffer message = ByteBuffer.allocate(length + (first ? 0 : 1));
      if (!first) {
        message.put((byte) type);
      }
      message.putInt(length);
      in.readFully(message.array(), message.position(), length - 4);
      return new Message((char) type, message);
    } catch (EOFException e) {
      return null;
    }
  }
}
