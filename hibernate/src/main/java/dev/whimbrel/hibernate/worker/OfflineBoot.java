package dev.whimbrel.hibernate.worker;

import jakarta.persistence.EntityManagerFactory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.hibernate.boot.Metadata;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.hibernate.jpa.boot.spi.IntegratorProvider;
import org.hibernate.service.ServiceRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Boots Hibernate for one persistence unit without a database.
 *
 * <p>The whole session factory is built before the schema is asked for: Bean Validation and Envers
 * add to the model only then.
 */
final class OfflineBoot implements AutoCloseable {
  private final EntityManagerFactory factory;
  private final Metadata metadata;
  private final ServiceRegistry registry;
  private final Map<String, Object> settings;

  private OfflineBoot(
      EntityManagerFactory factory,
      Metadata metadata,
      ServiceRegistry registry,
      Map<String, Object> settings) {
    this.factory = factory;
    this.metadata = metadata;
    this.registry = registry;
    this.settings = settings;
  }

  /**
   * Boots.
   *
   * @param chosen the user's settings
   * @param product the JDBC product name to act for
   * @param version its version
   */
  static OfflineBoot of(
      String unit,
      List<String> classes,
      List<String> mappingFiles,
      Map<String, Object> chosen,
      String product,
      String version) {
    Map<String, Object> settings = chosen;
    settings.put("hibernate.boot.allow_jdbc_metadata_access", "false");
    settings.put("hibernate.temp.use_jdbc_metadata_defaults", "false");
    settings.put("jakarta.persistence.database-product-name", product);
    settings.put("jakarta.persistence.database-product-version", version);
    String[] numbers = version.split("\\D+", -1);
    settings.put("jakarta.persistence.database-major-version", number(numbers, 0));
    settings.put("jakarta.persistence.database-minor-version", number(numbers, 1));
    settings.put("hibernate.hbm2ddl.auto", "none");
    settings.put("hibernate.cache.use_second_level_cache", "false");
    settings.put("hibernate.cache.use_query_cache", "false");
    settings.put("hibernate.search.enabled", "false");
    settings.put("hibernate.query.startup_check", "false");
    settings.put("hibernate.query.mutation_strategy.global_temporary.create_tables", "false");
    settings.put("hibernate.query.mutation_strategy.persistent.create_tables", "false");
    settings.put("hibernate.archive.autodetection", "none");
    settings.put("hibernate.resource.beans.container", new LenientBeans());
    Capture capture = new Capture();
    settings.put(
        "hibernate.integrator_provider", (IntegratorProvider) () -> List.of(capture.integrator()));
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    EntityManagerFactory factory =
        new HibernatePersistenceProvider()
            .createContainerEntityManagerFactory(
                PersistenceUnit.of(unit, classes, mappingFiles, loader), settings);
    if (factory == null || capture.metadata == null || capture.registry == null) {
      throw new IllegalStateException("Hibernate built no session factory for " + unit);
    }
    return new OfflineBoot(factory, capture.metadata, capture.registry, settings);
  }

  private static String number(String[] numbers, int index) {
    return index < numbers.length && !numbers[index].isEmpty() ? numbers[index] : "0";
  }

  Metadata metadata() {
    return metadata;
  }

  Map<String, Object> settings() {
    return settings;
  }

  /** What Hibernate would run to create the schema, in its order, without delimiters. */
  List<String> statements() {
    return CreationScript.of(metadata, registry, settings);
  }

  @Override
  public void close() {
    factory.close();
  }

  /** An {@link Integrator} as a proxy: javac 25 fails on a class that overrides its method. */
  private static final class Capture implements InvocationHandler {
    private @Nullable Metadata metadata;
    private @Nullable ServiceRegistry registry;

    Integrator integrator() {
      return (Integrator)
          Proxy.newProxyInstance(
              Integrator.class.getClassLoader(), new Class<?>[] {Integrator.class}, this);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
      if (method.getName().equals("integrate") && arguments != null) {
        metadata = (Metadata) arguments[0];
        registry = ((SessionFactoryImplementor) arguments[2]).getServiceRegistry();
      }
      return switch (method.getName()) {
        case "hashCode" -> System.identityHashCode(this);
        case "equals" -> false;
        case "toString" -> "whimbrel";
        default -> null;
      };
    }
  }
}
