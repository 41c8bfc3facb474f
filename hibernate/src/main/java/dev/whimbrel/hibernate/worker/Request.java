package dev.whimbrel.hibernate.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What the worker is asked to do.
 *
 * @param units the persistence units, in order
 * @param product the target's JDBC product name, such as {@code PostgreSQL}
 * @param version the target's version, such as {@code 15.4}
 * @param profiles the profiles to activate; empty means what the application itself would choose
 * @param overrides settings from Whimbrel's configuration; they beat all others
 * @param application whose settings to resolve
 */
public record Request(
    List<Unit> units,
    String product,
    String version,
    Application application,
    List<String> profiles,
    Map<String, String> overrides) {

  /** The origin of a unit whose packages stand in {@code application.properties}. */
  public static final String QUARKUS_UNIT = "application.properties";

  /** What a unit is called that needs no name. */
  public static final String DEFAULT_UNIT = "default";

  public Request {
    units = List.copyOf(units);
    profiles = List.copyOf(profiles);
  }

  /** The framework that configures Hibernate in the user's application. */
  public enum Application {
    SPRING_BOOT,
    QUARKUS,
    PLAIN
  }

  /**
   * A persistence unit.
   *
   * @param name its name
   * @param origin where it was found, for the origin of its settings
   * @param classes managed classes, and {@code package-info}s with their package's name
   * @param mappingFiles resources with XML mappings
   * @param defaultMapping whether {@code META-INF/orm.xml} counts where no other mapping is named
   * @param settings its properties
   */
  public record Unit(
      String name,
      String origin,
      List<String> classes,
      List<String> mappingFiles,
      boolean defaultMapping,
      Map<String, String> settings) {

    public Unit {
      classes = List.copyOf(classes);
      mappingFiles = List.copyOf(mappingFiles);
    }

    private static void write(DataOutputStream out, Unit unit) throws IOException {
      Wire.text(out, unit.name);
      Wire.text(out, unit.origin);
      Wire.texts(out, unit.classes);
      Wire.texts(out, unit.mappingFiles);
      out.writeBoolean(unit.defaultMapping);
      Wire.map(out, unit.settings);
    }

    private static Unit read(DataInputStream in) throws IOException {
      return new Unit(
          Wire.text(in),
          Wire.text(in),
          Wire.texts(in),
          Wire.texts(in),
          in.readBoolean(),
          Wire.map(in));
    }
  }

  public void write(DataOutputStream out) throws IOException {
    Wire.list(out, units, Unit::write);
    Wire.text(out, product);
    Wire.text(out, version);
    Wire.text(out, application.name());
    Wire.texts(out, profiles);
    Wire.map(out, overrides);
  }

  public static Request read(DataInputStream in) throws IOException {
    return new Request(
        Wire.list(in, Unit::read),
        Wire.text(in),
        Wire.text(in),
        Application.valueOf(Wire.text(in)),
        Wire.texts(in),
        Wire.map(in));
  }
}
