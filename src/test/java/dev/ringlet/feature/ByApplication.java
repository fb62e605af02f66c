package dev.ringlet.feature;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.TestProfile;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Order;

/**
 * Tests that can share a process of the packaged application, one after the other: those with the
 * same settings and the same Cassandra. Quarkus has this order only for tests in its own JVM. An
 * {@link Order} says which come before all others, or after them.
 */
public final class ByApplication implements ClassOrderer {
  @Override
  public void orderClasses(ClassOrdererContext context) {
    context
        .getClassDescriptors()
        .sort(
            Comparator.comparing(ByApplication::order)
                .thenComparing(test -> application(test.getTestClass()))
                .thenComparing(test -> test.getTestClass().getName()));
  }

  private static int order(ClassDescriptor test) {
    return test.findAnnotation(Order.class).map(Order::value).orElse(Order.DEFAULT);
  }

  /** What it is that a class and those that it extends ask for. */
  private static String application(Class<?> test) {
    return Stream.<Class<?>>iterate(test, type -> type != null, Class::getSuperclass)
        .flatMap(type -> Arrays.stream(type.getAnnotations()))
        .filter(
            annotation ->
                annotation instanceof TestProfile
                    || annotation instanceof WithTestResource
                    || annotation instanceof QuarkusTestResource)
        .map(Object::toString)
        .sorted()
        .collect(Collectors.joining());
  }
}
