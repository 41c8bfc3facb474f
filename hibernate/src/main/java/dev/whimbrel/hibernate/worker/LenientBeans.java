package dev.whimbrel.hibernate.worker;

import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import org.hibernate.resource.beans.container.spi.BeanContainer;
import org.hibernate.resource.beans.container.spi.ContainedBean;
import org.hibernate.resource.beans.spi.BeanInstanceProducer;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the application's container: converters, listeners and generators that want their
 * collaborators injected are made without running a constructor. Hibernate asks only for their
 * types while it makes a schema.
 */
final class LenientBeans implements BeanContainer {

  @Override
  public <B> ContainedBean<B> getBean(
      Class<B> type, LifecycleOptions options, BeanInstanceProducer fallback) {
    return contained(type, instance(type, () -> fallback.produceBeanInstance(type)));
  }

  @Override
  public <B> ContainedBean<B> getBean(
      String name, Class<B> type, LifecycleOptions options, BeanInstanceProducer fallback) {
    return contained(type, instance(type, () -> fallback.produceBeanInstance(name, type)));
  }

  @Override
  public void stop() {}

  private interface Maker<B> {
    B make();
  }

  private static <B> B instance(Class<B> type, Maker<B> maker) {
    try {
      return maker.make();
    } catch (RuntimeException e) {
      try {
        return bare(type);
      } catch (ReflectiveOperationException second) {
        e.addSuppressed(second);
        throw e;
      }
    }
  }

  /** Module {@code jdk.unsupported} has it for serialisation libraries; javac warns of its name. */
  private static <B> B bare(Class<B> type) throws ReflectiveOperationException {
    Class<?> serialization = Class.forName("sun.reflect.ReflectionFactory");
    Object factory = serialization.getMethod("getReflectionFactory").invoke(null);
    Object constructor =
        serialization
            .getMethod("newConstructorForSerialization", Class.class, Constructor.class)
            .invoke(factory, type, Object.class.getDeclaredConstructor());
    return type.cast(((Constructor<?>) constructor).newInstance());
  }

  /** A proxy, since the interface has more methods in Hibernate 8 than in 6.6. */
  @SuppressWarnings("unchecked")
  private static <B> ContainedBean<B> contained(Class<B> type, B bean) {
    return (ContainedBean<B>)
        Proxy.newProxyInstance(
            ContainedBean.class.getClassLoader(),
            new Class<?>[] {ContainedBean.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getBeanInstance" -> bean;
                  case "getBeanClass" -> type;
                  case "equals" -> isSame(proxy, arguments);
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> type.getName();
                });
  }

  @SuppressWarnings("ReferenceEquality") // a proxy is equal to nothing but itself
  private static boolean isSame(Object proxy, Object @Nullable [] arguments) {
    return arguments != null && proxy == arguments[0];
  }
}
