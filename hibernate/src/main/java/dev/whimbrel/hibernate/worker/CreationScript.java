package dev.whimbrel.hibernate.worker;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.boot.Metadata;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.tool.schema.SourceType;
import org.hibernate.tool.schema.TargetType;
import org.hibernate.tool.schema.spi.ContributableMatcher;
import org.hibernate.tool.schema.spi.ExceptionHandler;
import org.hibernate.tool.schema.spi.ExecutionOptions;
import org.hibernate.tool.schema.spi.SchemaFilter;
import org.hibernate.tool.schema.spi.SchemaManagementTool;
import org.hibernate.tool.schema.spi.ScriptSourceInput;
import org.hibernate.tool.schema.spi.ScriptTargetOutput;
import org.hibernate.tool.schema.spi.SourceDescriptor;
import org.hibernate.tool.schema.spi.TargetDescriptor;

/** The statements of Hibernate's own schema creator, which sees the settings in effect. */
final class CreationScript {
  private static final Pattern COMMENT =
      Pattern.compile("(comment on .*? is ')(.*)'", Pattern.DOTALL);

  private CreationScript() {}

  static List<String> of(
      Metadata metadata, ServiceRegistry registry, Map<String, Object> settings) {
    Map<String, Object> options = new HashMap<>(settings);
    options.put("hibernate.hbm2ddl.delimiter", "");
    options.put("hibernate.hbm2ddl.skip_default_import_file", "true");
    options.put("hibernate.hbm2ddl.import_files", "");
    options.put("hibernate.hbm2ddl.create_namespaces", "true");
    Script script = new Script();
    Objects.requireNonNull(registry.getService(SchemaManagementTool.class))
        .getSchemaCreator(options)
        .doCreation(
            metadata, new Options(options), ContributableMatcher.ALL, new FromMetadata(), script);
    return script.statements;
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

    @Override // abstract in Hibernate 6.2, gone in 8
    @SuppressWarnings({"deprecation", "removal"})
    public SchemaFilter getSchemaFilter() {
      return SchemaFilter.ALL;
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
        statements.add(escaped(text));
      }
    }

    @Override
    public void release() {}

    /** Hibernate pastes the text of a comment between quotes as it is, quotes included. */
    private static String escaped(String statement) {
      Matcher comment = COMMENT.matcher(statement);
      if (!comment.matches() || !comment.group(2).replace("''", "").contains("'")) {
        return statement;
      }
      return comment.group(1) + comment.group(2).replace("'", "''") + "'";
    }
  }
}
