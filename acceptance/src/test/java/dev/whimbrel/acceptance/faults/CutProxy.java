package dev.whimbrel.acceptance.faults;

import dev.whimbrel.acceptance.faults.Wire.Message;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands between deployers and a server, counts what they ask, and does harm at one point.
 *
 * <p>It needs no hook in what it tests, and every statement, commit and line of the journal is a
 * message that passes here. Thread-safe.
 */
final class CutProxy implements AutoCloseable {
  /** Where, around one message, the harm is done. */
  enum Moment {
    /** The server never sees it. */
    BEFORE("of these, before the server had the message"),
    /** The server has it, and works on it. */
    WITHIN("of these, while the server worked on it"),
    /** The server has answered, and the answer does not arrive. */
    AFTER("of these, after it, with the answer lost");

    private final String words;

    Moment(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** What is done at the point. */
  @FunctionalInterface
  interface Harm {
    /** Does it; whether the connection goes on as if nothing had been. */
    boolean strike(Line line) throws IOException;
  }

  private final ServerSocket listener;
  private volatile int serverPort;
  private final List<Line> lines = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();
  private @Nullable String struck;
  private int point = -1;
  private @Nullable String text;
  private boolean armed;
  private boolean striking;
  private boolean goesOn;
  private @Nullable Exception failure;
  private Moment moment = Moment.BEFORE;
  private Harm harm = line -> true;
  private int refusals;
  private Runnable afterRefusals = () -> {};

  CutProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** The server has another port from now on. */
  void moved(int newServerPort) {
    serverPort = newServerPort;
  }

  /** While the server is down: what happens after so many clients were told so. */
  synchronized void refusing(int clients, Runnable then) {
    refusals = clients;
    afterRefusals = then;
  }

  private synchronized void refused() {
    refusals--;
    if (refusals == 0) {
      afterRefusals.run();
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /** From now on counts from 0, and does harm at a point; -1 is never. */
  synchronized void arm(int newPoint, Moment newMoment, Harm newHarm) {
    seen.clear();
    point = newPoint;
    text = null;
    struck = null;
    failure = null;
    armed = true;
    moment = newMoment;
    harm = newHarm;
  }

  /** From now on does harm once, at the first message that begins with a text. */
  synchronized void arm(String newText, Moment newMoment, Harm newHarm) {
    arm(-1, newMoment, newHarm);
    text = newText;
  }

  /** The messages that were counted since it was armed. */
  synchronized List<String> seen() {
    return List.copyOf(seen);
  }

  /** Ends every connection, on both sides. */
  synchronized void cutAll() {
    lines.forEach(Line::cut);
    lines.clear();
  }

  /** Ends every connection but that one, on both sides. */
  synchronized void cutOthers(Line spared) {
    lines.stream().filter(line -> line != spared).forEach(Line::cut);
    lines.removeIf(line -> line != spared);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        connect(client);
      }
    } catch (IOException e) {
      // The proxy is closed.
      cutAll();
    }
  }

  private void connect(Socket client) throws IOException {
    Line line;
    try {
      line = new Line(client, new Socket(InetAddress.getLoopbackAddress(), serverPort));
    } catch (ConnectException e) {
      // The server is down, and the client is told so.
      client.close();
      refused();
      return;
    }
    synchronized (this) {
      lines.add(line);
    }
    Thread.ofVirtual().start(line::fromClient);
    Thread.ofVirtual().start(line::fromServer);
  }

  /** The moment of harm if this message is the point; what only observes is not counted. */
  private synchronized @Nullable Moment reached(Line line, Message message) {
    if (line.application.startsWith("whimbrel blockers")) {
      return null;
    }
    if (message.type() != 'Q' && message.type() != 'c') {
      return null;
    }
    String said = message.type() == 'Q' ? message.text() : "the end of the rows";
    seen.add(said);
    boolean there = seen.size() - 1 == point || (text != null && said.startsWith(text));
    if (there) {
      struck = said;
    }
    return there ? moment : null;
  }

  /** Strikes once; who comes a second time, with the answer, waits for it. */
  private boolean strike(Line line) {
    Harm now;
    synchronized (this) {
      if (!armed) {
        awaitHarm();
        return goesOn;
      }
      now = harm;
      point = -1;
      text = null;
      armed = false;
      goesOn = false;
      striking = true;
    }
    boolean result = false;
    Exception problem = null;
    try {
      result = now.strike(line);
    } catch (IOException | RuntimeException e) {
      problem = e;
      line.cut();
    }
    synchronized (this) {
      goesOn = result;
      failure = problem;
      striking = false;
      notifyAll();
    }
    return result;
  }

  private synchronized void awaitHarm() {
    try {
      while (striking) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until harm that has begun is done.
   *
   * @return the message that it was done at; null when the point was never reached
   * @throws IOException when it could not be done
   */
  synchronized @Nullable String settle() throws IOException {
    awaitHarm();
    if (failure != null) {
      throw new IOException("no harm was done", failure);
    }
    return armed ? null : struck;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cutAll();
  }

  /** One connection through the proxy. */
  final class Line {
    private final Socket client;
    private final Socket server;
    private volatile String application = "";
    private volatile boolean holding;
    private volatile boolean abandoned;

    Line(Socket client, Socket server) throws IOException {
      this.client = client;
      this.server = server;
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    }

    /** Whether it is the one that holds the deployers' lock. */
    boolean isLock() {
      return application.startsWith("whimbrel lock");
    }

    /** Ends both sides. */
    void cut() {
      close(client);
      close(server);
    }

    /** Ends every other connection, on both sides. */
    void cutOthers() {
      CutProxy.this.cutOthers(this);
    }

    /** Ends the client's side only: the server is not told, as when a host vanishes. */
    void abandon() {
      abandoned = true;
      close(client);
    }

    private void fromClient() {
      try (DataInputStream in = new DataInputStream(client.getInputStream())) {
        Message message = Wire.read(in, true);
        application = message == null ? "" : message.parameter("application_name");
        while (message != null) {
          pass(message);
          message = Wire.read(in, false);
        }
        close(server);
      } catch (IOException e) {
        // One side is gone; where the client's is, the server learns it, unless abandoned.
        if (!abandoned) {
          close(server);
        }
      }
    }

    private void pass(Message message) throws IOException {
      Moment now = message.type() == 0 ? null : reached(this, message);
      if (now == Moment.BEFORE && !hit()) {
        return;
      }
      holding = now == Moment.AFTER;
      server.getOutputStream().write(message.bytes().array());
      server.getOutputStream().flush();
      if (now == Moment.WITHIN) {
        hit();
      }
    }

    private boolean hit() throws IOException {
      holding = true;
      boolean goesOn = strike(this);
      holding = false;
      return goesOn;
    }

    private void fromServer() {
      try {
        answer(new DataInputStream(server.getInputStream()));
      } catch (IOException e) {
        // One side is gone, and the other learns it below.
        cutUnlessAbandoned();
      }
      cutUnlessAbandoned();
    }

    private void cutUnlessAbandoned() {
      close(client);
      if (!abandoned) {
        close(server);
      }
    }

    private void answer(DataInputStream in) throws IOException {
      Message message = Wire.read(in, false);
      List<Message> held = new ArrayList<>();
      while (message != null) {
        held.add(message);
        boolean end = message.type() == 'Z' || message.type() == 'G';
        if (holding && end && !hit()) {
          return;
        }
        if (!holding) {
          deliver(held);
          held.clear();
        }
        message = Wire.read(in, false);
      }
    }

    private void deliver(List<Message> messages) throws IOException {
      for (Message message : messages) {
        client.getOutputStream().write(message.bytes().array());
      }
      client.getOutputStream().flush();
    }

    private static void close(Socket socket) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is closed all the same.
        return;
      }
    }
  }
}
