package com.example.validate;

import java.util.Map;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.resource.beans.container.spi.BeanContainer;

/** What an application does at start-up with hbm2ddl.auto=validate. */
public class Validate {
  public static void run(String url, String[] classes, Map<String, Object> settings, BeanContainer beans) {
    StandardServiceRegistry registry =
        new StandardServiceRegistryBuilder()
            .applySettings(settings)
            .applySetting("hibernate.resource.beans.container", beans)
            .applySetting("hibernate.connection.url", url)
            .applySetting("hibernate.hbm2ddl.auto", "validate")
            .build();
    try {
      MetadataSources sources = new MetadataSources(registry);
      for (String name : classes) {
        sources.addAnnotatedClassName(name);
      }
      sources.buildMetadata().buildSessionFactory().close();
    } finally {
      StandardServiceRegistryBuilder.destroy(registry);
    }
  }
}
