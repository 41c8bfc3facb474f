package dev.whimbrel.schema;

/**
 * One thing that a database contains.
 *
 * @param id what it is
 * @param content everything else that matters about it; never its own name, so that two facts with
 *     equal contents differ in their identity only
 */
public record Fact(FactId id, Content content) {
  public Fact {
    if (!id.kind().type().isInstance(content) && !isReplaced(id, content)) {
      throw new IllegalArgumentException(id + " cannot be " + content);
    }
  }

  /** Whether it is a type under the kind of the one that takes its place. */
  private static boolean isReplaced(FactId id, Content content) {
    return content instanceof TypeContent.Whole
        && TypeContent.Whole.class.isAssignableFrom(id.kind().type());
  }

  public Kind kind() {
    return id.kind();
  }

  /** The same content under another identity. */
  public Fact withId(FactId other) {
    return new Fact(other, content);
  }
}
