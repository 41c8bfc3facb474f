package dev.whimbrel.spring;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds unless {@code whimbrel.mode} is off; YAML reads a bare {@code off} as a boolean. */
final class NotOff implements Condition {
  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return Binder.get(context.getEnvironment()).bind("whimbrel.mode", Mode.class).orElse(Mode.CHECK)
        != Mode.OFF;
  }
}
