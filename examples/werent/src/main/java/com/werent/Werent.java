package com.werent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The backend, as far as a deployment is concerned: it listens, and says that it is well. */
public final class Werent {
  private Werent() {}

  /** Serves {@code /health} on the port that the platform gives in {@code PORT}. */
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/health", Werent::health);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(1)));
    server.start();
    System.out.println("WeRent listens on port " + port);
  }

  private static void health(HttpExchange exchange) throws IOException {
    byte[] body = "{\"status\":\"up\"}\n".getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
