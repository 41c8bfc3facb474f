package dev.whimbrel.hibernate.worker;

import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import jakarta.persistence.spi.PersistenceUnitInfo;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a container would tell Hibernate about a persistence unit. A proxy, since the interface has
 * changed its types and grown from Jakarta Persistence 3.0 to 4.0.
 */
final class PersistenceUnit implements InvocationHandler {
  private final String name;
  private final List<String> classes;
  private final List<String> mappingFiles;
  private final ClassLoader loader;

  private PersistenceUnit(
      String name, List<String> classes, List<String> mappingFiles, ClassLoader loader) {
    this.name = name;
    this.classes = classes;
    this.mappingFiles = mappingFiles;
    this.loader = loader;
  }

  static PersistenceUnitInfo of(
      String name, List<String> classes, List<String> mappingFiles, ClassLoader loader) {
    return (PersistenceUnitInfo)
        Proxy.newProxyInstance(
            PersistenceUnitInfo.class.getClassLoader(),
            new Class<?>[] {PersistenceUnitInfo.class},
            new PersistenceUnit(name, classes, mappingFiles, loader));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "getPersistenceUnitName", "toString" -> name;
      case "getManagedClassNames", "getAllClassNames" -> classes;
      case "getMappingFileNames" -> mappingFiles;
      case "getClassLoader" -> loader;
      case "excludeUnlistedClasses" -> true;
      case "getJarFileUrls", "getQualifierAnnotationNames" -> List.of();
      case "getProperties" -> new Properties();
      case "getSharedCacheMode" -> SharedCacheMode.NONE;
      case "getValidationMode" -> ValidationMode.AUTO;
      case "getTransactionType" -> constant(method.getReturnType(), "RESOURCE_LOCAL");
      case "getDefaultToOneFetchType" -> constant(method.getReturnType(), "EAGER");
      case "getPersistenceXMLSchemaVersion" -> "3.0";
      case "equals" -> isSame(proxy, arguments);
      case "hashCode" -> System.identityHashCode(proxy);
      default -> null;
    };
  }

  private static Object constant(Class<?> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(type.getName() + " has no " + name));
  }

  @SuppressWarnings("ReferenceEquality") // a proxy is equal to nothing but itself
  private static boolean isSame(Object proxy, Object @Nullable [] arguments) {
    return arguments != null && proxy == arguments[0];
  }
}
