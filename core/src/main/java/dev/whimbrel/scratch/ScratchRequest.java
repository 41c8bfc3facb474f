package dev.whimbrel.scratch;

/**
 * What a scratch database has to be like.
 *
 * @param engine such as {@code postgresql}
 * @param major the engine's major version; 0 where any will do
 */
public record ScratchRequest(String engine, int major) {
  /** Whether a server of this kind will do. */
  public boolean accepts(String otherEngine, int otherMajor) {
    return engine.equals(otherEngine) && (major == 0 || major == otherMajor);
  }

  /** Such as {@code postgresql 18}. */
  @Override
  public String toString() {
    return major == 0 ? engine : engine + " " + major;
  }
}
