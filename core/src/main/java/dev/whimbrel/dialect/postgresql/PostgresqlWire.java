package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.Answer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * One question to a server, in the messages of the frontend/backend protocol 3.0 and without a
 * driver; not thread-safe. Whatever is out of the ordinary is a {@link ProtocolException}.
 */
final class PostgresqlWire {
  private static final int BUFFER = 8192;
  private static final int LARGEST = 1 << 26;

  private final OutputStream out;
  private final InputStream in;
  private final PostgresqlLogin login;
  private String version = "";

  PostgresqlWire(Socket socket, PostgresqlLogin login) throws IOException {
    this.out = socket.getOutputStream();
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    this.login = login;
  }

  /**
   * Introduces itself, asks and takes its leave.
   *
   * @param parameters of the first message, names and values in turn
   * @throws IOException also for everything the server refuses
   */
  Answer ask(List<String> parameters, Supplier<String> sql, String otherwise)
      throws IOException, GeneralSecurityException {
    out.write(new Outgoing(0).number(3 << 16).texts(parameters).text("").message());
    begin();
    List<List<String>> rows = rows(sql.get());
    if (rows.isEmpty()) {
      rows = rows(otherwise);
    }
    out.write(new Outgoing('X').message());
    int space = version.indexOf(' ');
    return new Answer("postgresql " + (space < 0 ? version : version.substring(0, space)), rows);
  }

  /** Until the server is ready. */
  private void begin() throws IOException, GeneralSecurityException {
    while (true) {
      Incoming message = receive();
      switch (message.type) {
        case 'R' -> {
          byte[] reply = login.answer(message.number(), message.rest());
          if (reply.length > 0) {
            out.write(new Outgoing('p').bytes(reply).message());
          }
        }
        case 'S' -> {
          if (message.text().equals("server_version")) {
            version = message.text();
          }
        }
        case 'K', 'N' -> {}
        case 'Z' -> {
          login.requireDone();
          return;
        }
        default -> throw new ProtocolException("refused");
      }
    }
  }

  private List<List<String>> rows(String sql) throws IOException {
    out.write(new Outgoing('Q').text(sql).message());
    List<List<String>> rows = new ArrayList<>();
    while (true) {
      Incoming message = receive();
      switch (message.type) {
        case 'D' -> rows.add(message.row());
        case 'T', 'C', 'N', 'S' -> {}
        case 'Z' -> {
          return rows;
        }
        default -> throw new ProtocolException("refused");
      }
    }
  }

  private Incoming receive() throws IOException {
    byte[] head = exactly(5);
    int length = new Incoming(0, head, 1).number() - 4;
    if (length < 0 || length > LARGEST) {
      throw new ProtocolException("length " + length);
    }
    return new Incoming(head[0], exactly(length), 0);
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  /** A message from the server, read from its beginning. */
  private static final class Incoming {
    final int type;
    private final byte[] bytes;
    private int at;

    Incoming(int type, byte[] bytes, int at) {
      this.type = type;
      this.bytes = bytes;
      this.at = at;
    }

    int number() throws IOException {
      return small() << 16 | small();
    }

    private int small() throws IOException {
      if (at + 2 > bytes.length) {
        throw new EOFException();
      }
      return (bytes[at++] & 0xff) << 8 | (bytes[at++] & 0xff);
    }

    String text() throws IOException {
      int end = at;
      while (end < bytes.length && bytes[end] != 0) {
        end++;
      }
      String text = text(end - at);
      at++;
      return text;
    }

    private String text(int length) throws IOException {
      if (length > bytes.length - at) {
        throw new EOFException();
      }
      String text = new String(bytes, at, length, StandardCharsets.UTF_8);
      at += length;
      return text;
    }

    List<String> row() throws IOException {
      int columns = small();
      List<String> row = new ArrayList<>(columns);
      for (int i = 0; i < columns; i++) {
        int length = number();
        row.add(length < 0 ? "" : text(length));
      }
      return row;
    }

    byte[] rest() {
      return Arrays.copyOfRange(bytes, at, bytes.length);
    }
  }

  /** A message for the server. */
  static final class Outgoing {
    private final int start;
    private byte[] bytes = new byte[512];
    private int length;

    /**
     * @param type 0 for a message without one
     */
    Outgoing(int type) {
      if (type != 0) {
        bytes[length++] = (byte) type;
      }
      start = length;
      length += 4;
    }

    Outgoing number(int value) {
      room(4);
      put(length, value);
      length += 4;
      return this;
    }

    Outgoing text(String text) {
      bytes(text.getBytes(StandardCharsets.UTF_8));
      room(1);
      bytes[length++] = 0;
      return this;
    }

    Outgoing texts(List<String> texts) {
      for (String text : texts) {
        text(text);
      }
      return this;
    }

    Outgoing bytes(byte[] more) {
      room(more.length);
      System.arraycopy(more, 0, bytes, length, more.length);
      length += more.length;
      return this;
    }

    private void room(int more) {
      if (length + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * (length + more));
      }
    }

    private void put(int at, int value) {
      for (int i = 0; i < 4; i++) {
        bytes[at + i] = (byte) (value >> (24 - 8 * i));
      }
    }

    byte[] message() {
      put(start, length - start);
      return Arrays.copyOf(bytes, length);
    }

    /** What goes into another message. */
    byte[] content() {
      return Arrays.copyOfRange(bytes, start + 4, length);
    }
  }
}
