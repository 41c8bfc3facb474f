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
    if (!id.kind().type().isInstance(content)) {
      throw new IllegalArgumentException(id + " cannot be " + content);
    }
  }

  public Kind kind() {
    return id.kind();
  }

  /** The same content under another identity. */
  public Fact withId(FactId other) {
    return new Fact(other, content);
  }
}
