package dev.whimbrel.testkit.introspect;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;

/** Counts the statements that are created on a connection. */
final class CountingConnection {
  private final Connection connection;
  private int statements;

  CountingConnection(Connection connection) {
    this.connection = connection;
  }

  Connection proxy() {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (self, method, arguments) -> {
              if (method.getName().equals("createStatement")) {
                statements++;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  int statements() {
    return statements;
  }
}
