package dev.whimbrel.hibernate.worker;

import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.boot.spi.MetadataImplementor;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.hibernate.jpa.boot.spi.IntegratorProvider;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.tool.schema.SourceType;
import org.hibernate.tool.schema.TargetType;
import org.hibernate.tool.schema.spi.ContributableMatcher;
import org.hibernate.tool.schema.spi.ExceptionHandler;
import org.hibernate.tool.schema.spi.ExecutionOptions;
import org.hibernate.tool.schema.spi.SchemaManagementTool;
import org.hibernate.tool.schema.spi.ScriptSourceInput;
import org.hibernate.tool.schema.spi.ScriptTargetOutput;
import org.hibernate.tool.schema.spi.SourceDescriptor;
import org.hibernate.tool.schema.spi.TargetDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Boots Hibernate for one persistence unit without a database.
 *
 * <p>The whole session factory is built before the schema is asked for: Bean Validation and Envers
 * add to the model only then.
 */
final class OfflineBoot implements AutoCloseable {
  private final EntityManagerFactory factory;
  private final MetadataImplementor metadata;
  private final Map<String, Object> settings;

  private OfflineBoot(
      EntityManagerFactory factory, MetadataImplementor metadata, Map<String, Object> settings) {
    this.factory = factory;
    this.metadata = metadata;
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
    settings.put("hibernate.integrator_provider", (IntegratorProvider) () -> List.of(capture));
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    EntityManagerFactory factory =
        new HibernatePersistenceProvider()
            .createContainerEntityManagerFactory(
                PersistenceUnit.of(unit, classes, mappingFiles, loader), settings);
    if (factory == null || capture.metadata == null) {
      throw new IllegalStateException("Hibernate built no session factory for " + unit);
    }
    return new OfflineBoot(factory, capture.metadata, settings);
  }

  private static String number(String[] numbers, int index) {
    return index < numbers.length && !numbers[index].isEmpty() ? numbers[index] : "0";
  }

  MetadataImplementor metadata() {
    return metadata;
  }

  Map<String, Object> settings() {
    return settings;
  }

  /** What Hibernate would run to create the schema, in its order, without delimiters. */
  List<String> statements() {
    Map<String, Object> options = new HashMap<>(settings);
    options.put("hibernate.hbm2ddl.delimiter", "");
    options.put("hibernate.hbm2ddl.skip_default_import_file", "true");
    options.put("hibernate.hbm2ddl.import_files", "");
    options.put("hibernate.hbm2ddl.create_namespaces", "true");
    ServiceRegistry registry = metadata.getMetadataBuildingOptions().getServiceRegistry();
    Script script = new Script();
    registry
        .getService(SchemaManagementTool.class)
        .getSchemaCreator(options)
        .doCreation(
            metadata, new Options(options), ContributableMatcher.ALL, new FromMetadata(), script);
    return script.statements;
  }

  @Override
  public void close() {
    factory.close();
  }

  private static final class Capture implements Integrator {
    private @Nullable MetadataImplementor metadata;

    @Override
    public void integrate(
        Metadata built, BootstrapContext context, SessionFactoryImplementor factory) {
      metadata = (MetadataImplementor) built;
    }
  }

  private record Options(Map<String, Object> values) implements ExecutionOptions {
    @Override
    public Map<String, Object> getConfigurationValues() {
      return values;
    }

    @Override
    public boolean shouldManageNamespaces() {
      return true;
    }

    @Override
    public ExceptionHandler getExceptionHandler() {
      return failure -> {
        throw failure;
      };
    }
  }

  private static final class FromMetadata implements SourceDescriptor {
    @Override
    public SourceType getSourceType() {
      return SourceType.METADATA;
    }

    @Override
    @SuppressWarnings("NullAway") // Hibernate reads it only for sources that are scripts
    public ScriptSourceInput getScriptSourceInput() {
      return null;
    }
  }

  private static final class Script implements TargetDescriptor, ScriptTargetOutput {
    private final List<String> statements = new ArrayList<>();

    @Override
    public EnumSet<TargetType> getTargetTypes() {
      return EnumSet.of(TargetType.SCRIPT);
    }

    @Override
    public ScriptTargetOutput getScriptTargetOutput() {
      return this;
    }

    @Override
    public void prepare() {}

    @Override
    public void accept(String statement) {
      String text = statement.strip();
      if (!text.isEmpty()) {
        statements.add(text);
      }
    }

    @Override
    public void release() {}
  }
}
