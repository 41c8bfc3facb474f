package dev.whimbrel.hibernate;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What a class file says about its class, which is not loaded. All names are binary names with
 * dots.
 *
 * @param name of the class; {@code a.b.package-info} for a package
 * @param parents its superclass and interfaces
 * @param annotations its annotations with their texts and classes, by element
 * @param beans the methods with {@code @Bean}
 * @param checksum of the class file
 */
record ScannedClass(
    String name,
    List<String> parents,
    Map<String, Map<String, List<String>>> annotations,
    List<Bean> beans,
    String checksum) {

  private static final String BEAN = "org.springframework.context.annotation.Bean";

  /** A method with {@code @Bean}, and the type it says it returns. */
  record Bean(String method, String type) {}

  static ScannedClass read(InputStream in) throws IOException {
    byte[] bytes = in.readAllBytes();
    Collector collector = new Collector(Checksum.of(bytes));
    readable(bytes)
        .accept(
            collector, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return collector.scanned();
  }

  /** A class file of a Java version newer than the library knows still has the same structure. */
  private static ClassReader readable(byte[] bytes) {
    if (bytes.length > 7 && bytes[7] > (byte) Opcodes.V25) {
      bytes[7] = (byte) Opcodes.V25;
    }
    return new ClassReader(bytes);
  }

  boolean has(String annotation) {
    return annotations.containsKey(annotation);
  }

  boolean hasAny(Set<String> names) {
    return names.stream().anyMatch(annotations::containsKey);
  }

  /** The texts of one element of an annotation; empty if it is not given. */
  List<String> values(String annotation, String element) {
    return annotations.getOrDefault(annotation, Map.of()).getOrDefault(element, List.of());
  }

  String packageName() {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(0, dot);
  }

  private static final class Collector extends ClassVisitor {
    private String name = "";
    private final List<String> parents = new ArrayList<>();
    private final Map<String, Map<String, List<String>>> annotations = new HashMap<>();
    private final List<Bean> beans = new ArrayList<>();

    private final String checksum;

    Collector(String checksum) {
      super(Opcodes.ASM9);
      this.checksum = checksum;
    }

    ScannedClass scanned() {
      return new ScannedClass(name, parents, annotations, beans, checksum);
    }

    @Override
    public void visit(
        int version,
        int access,
        String internalName,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      name = internalName.replace('/', '.');
      if (superName != null) {
        parents.add(superName.replace('/', '.'));
      }
      if (interfaces != null) {
        for (String each : interfaces) {
          parents.add(each.replace('/', '.'));
        }
      }
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      Map<String, List<String>> values = new HashMap<>();
      annotations.put(Type.getType(descriptor).getClassName(), values);
      return new Values(values);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String method,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
          if (Type.getType(annotation).getClassName().equals(BEAN)) {
            beans.add(new Bean(method, Type.getReturnType(descriptor).getClassName()));
          }
          return null;
        }
      };
    }
  }

  /** Collects texts and classes, alone or in arrays; nested annotations are passed over. */
  private static final class Values extends AnnotationVisitor {
    private final Map<String, List<String>> values;
    private final @Nullable String array;

    Values(Map<String, List<String>> values) {
      this(values, null);
    }

    private Values(Map<String, List<String>> values, @Nullable String array) {
      super(Opcodes.ASM9);
      this.values = values;
      this.array = array;
    }

    @Override
    public void visit(@Nullable String element, Object value) {
      String key = array == null ? element : array;
      if (key != null) {
        String text = value instanceof Type type ? type.getClassName() : value.toString();
        values.computeIfAbsent(key, name -> new ArrayList<>()).add(text);
      }
    }

    @Override
    public AnnotationVisitor visitArray(String element) {
      return new Values(values, element);
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(@Nullable String element, String type) {
      return element == null && array != null ? new Values(values, null) : null;
    }
  }
}
