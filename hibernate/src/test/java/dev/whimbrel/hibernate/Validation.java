package dev.whimbrel.hibernate;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts the application's own Hibernate on a real database with {@code hbm2ddl.auto=validate}. */
final class Validation {
  private Validation() {}

  static void run(ClassPath classPath, String url, Map<String, Object> settings) throws Exception {
    Path helper = Files.createTempDirectory(Path.of("target"), "validate");
    List<Path> jars = new ArrayList<>(classPath.entries());
    Sources.classes(helper, Path.of("src/test/models/validate"), jars);
    List<URL> urls = new ArrayList<>();
    urls.add(helper.toUri().toURL());
    urls.add(Path.of("target/classes").toUri().toURL());
    for (Path entry : jars) {
      urls.add(entry.toUri().toURL());
    }
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      Object beans =
          accessible(loader.loadClass("dev.whimbrel.hibernate.worker.LenientBeans")).newInstance();
      Method validate =
          Stream.of(loader.loadClass("com.example.validate.Validate").getMethods())
              .filter(method -> method.getName().equals("run"))
              .findFirst()
              .orElseThrow();
      validate.invoke(null, url, managed(classPath), settings, beans);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static Constructor<?> accessible(Class<?> type) throws Exception {
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor;
  }

  private static String[] managed(ClassPath classPath) {
    ModelOptions options = ModelOptions.of(classPath, "PostgreSQL", "18", Path.of("."));
    return EntityScan.in(options).units().stream()
        .flatMap(unit -> unit.classes().stream())
        .filter(name -> !name.endsWith("package-info"))
        .toArray(String[]::new);
  }
}
