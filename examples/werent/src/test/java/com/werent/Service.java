package com.werent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The running application, and somebody who calls it. */
final class Service implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final HttpClient client = HttpClient.newHttpClient();

  private Service(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts it on a free port; properties beat those of the application. */
  static Service start(Database database, String... properties) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--server.port=0");
    arguments.add("--spring.datasource.url=" + database.url());
    for (String property : properties) {
      arguments.add("--" + property);
    }
    return new Service(
        new SpringApplicationBuilder(Werent.class).run(arguments.toArray(String[]::new)));
  }

  String get(String path) {
    return call(HttpRequest.newBuilder(uri(path)).build(), 200);
  }

  String post(String path, String json) {
    return call(posting(path, json), 201);
  }

  /** The status of a request that may be refused. */
  int statusOfPost(String path, String json) {
    return send(posting(path, json)).statusCode();
  }

  private HttpRequest posting(String path, String json) {
    return HttpRequest.newBuilder(uri(path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json))
        .build();
  }

  int status(String path) {
    return send(HttpRequest.newBuilder(uri(path)).build()).statusCode();
  }

  private URI uri(String path) {
    String port = context.getEnvironment().getProperty("local.server.port");
    return URI.create("http://localhost:" + port + path);
  }

  private String call(HttpRequest request, int expected) {
    HttpResponse<String> response = send(request);
    if (response.statusCode() != expected) {
      throw new AssertionError(request + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    context.close();
    client.close();
  }
}
