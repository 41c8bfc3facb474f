package dev.whimbrel.embedded;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * What is needed to run servers on this machine: who they run as, where the cache is, the programs.
 *
 * @param platform this machine
 * @param user who servers run as
 * @param cache a folder that the user reaches and nobody else can write to
 * @param binaries finds and unpacks the programs
 */
record Toolbox(Platform platform, ServerUser user, Path cache, Binaries binaries) {
  static Toolbox of(EmbeddedSettings settings) {
    Platform platform = Platform.current();
    return of(settings, platform, ServerUser.choose(platform));
  }

  static Toolbox of(EmbeddedSettings settings, Platform platform, ServerUser user) {
    Path cache = usable(settings.cache(), user);
    Path unpacked = cache.resolve("postgresql");
    return new Toolbox(
        platform,
        user,
        cache,
        new Binaries(unpacked, new BinarySources(settings, platform, unpacked)));
  }

  /** The cache, or one in the folder for temporary files where it cannot be written or reached. */
  private static Path usable(Path wanted, ServerUser user) {
    try {
      Files.createDirectories(wanted);
      if (Files.isWritable(wanted) && user.reaches(wanted)) {
        return wanted;
      }
    } catch (IOException e) {
      // A home that is not there or not ours, as daemons have it; the other folder serves.
    }
    String name = System.getProperty("user.name", "unknown").replaceAll("[^A-Za-z0-9_.-]", "_");
    Path other = Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "whimbrel-" + name);
    try {
      Files.createDirectories(other);
      refuseForeign(other);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return other;
  }

  /**
   * In a folder that all may write to, somebody else may have made it, to have us run his files.
   */
  private static void refuseForeign(Path folder) throws IOException {
    Path probe = Files.createTempFile(folder.getParent(), "whimbrel", null);
    boolean ours = Files.getOwner(probe).equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS));
    Files.delete(probe);
    if (!ours || Files.isSymbolicLink(folder)) {
      throw Problem.of(ErrorCode.E_SCRATCH, "embedded.foreign-cache")
          .with("folder", folder)
          .toException();
    }
  }
}
