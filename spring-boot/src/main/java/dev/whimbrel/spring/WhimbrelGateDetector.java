package dev.whimbrel.spring;

import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;

/** Makes JPA, JDBC templates and whatever else needs the schema wait for the gate. */
final class WhimbrelGateDetector extends AbstractBeansOfTypeDatabaseInitializerDetector {
  @Override
  protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
    return Set.of(WhimbrelGate.class);
  }
}
