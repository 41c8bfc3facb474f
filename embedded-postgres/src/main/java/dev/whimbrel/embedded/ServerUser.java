package dev.whimbrel.embedded;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who the server's processes run as: PostgreSQL refuses root, and users that have no name. */
sealed interface ServerUser {
  /** The command that runs {@code command} as this user. */
  List<String> wrap(List<String> command);

  /** Makes this user the owner of a folder and all that is in it. */
  void own(Path folder) throws IOException;

  /** Whether this user can enter a folder. */
  boolean reaches(Path folder);

  /** Ourselves. */
  record Self() implements ServerUser {
    @Override
    public List<String> wrap(List<String> command) {
      return command;
    }

    @Override
    public void own(Path folder) {}

    @Override
    public boolean reaches(Path folder) {
      return true;
    }
  }

  /**
   * Ourselves, in a user namespace where our id is not known: the kernel then shows the id of
   * {@code nobody}, to the process and for its files, though both stay ours.
   */
  record Unmapped() implements ServerUser {
    @Override
    public List<String> wrap(List<String> command) {
      return concat(List.of("unshare", "-U"), command);
    }

    @Override
    public void own(Path folder) {}

    @Override
    public boolean reaches(Path folder) {
      return true;
    }
  }

  /** Another account, where user namespaces are forbidden, as in most containers. */
  record Account(String name, boolean hasSetpriv) implements ServerUser {
    @Override
    public List<String> wrap(List<String> command) {
      if (hasSetpriv) {
        return concat(
            List.of("setpriv", "--reuid", name, "--regid", group(), "--clear-groups"), command);
      }
      String line = command.stream().map(Account::quote).collect(Collectors.joining(" "));
      return List.of("su", "-s", "/bin/sh", "-c", "exec " + line, name);
    }

    private String group() {
      return Programs.run(Path.of("/"), List.of("id", "-g", name)).text();
    }

    private static String quote(String word) {
      return "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public void own(Path folder) throws IOException {
      var owner =
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.getFileAttributeView(file, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .setOwner(owner);
        }
      }
    }

    @Override
    public boolean reaches(Path folder) {
      return Programs.run(Path.of("/"), wrap(List.of("test", "-x", folder.toString()))).succeeded();
    }
  }

  /** The way that works here. */
  static ServerUser choose(Platform platform) {
    if (platform.windows() || !(isRoot(platform) || isNameless())) {
      return new Self();
    }
    Path folder = Path.of("/");
    Programs.Outcome name = Programs.run(folder, List.of("unshare", "-U", "id", "-un"));
    if (name.succeeded() && !name.text().equals("root")) {
      return new Unmapped();
    }
    for (String account : List.of("postgres", "nobody")) {
      if (isRoot(platform) && Programs.run(folder, List.of("id", "-u", account)).succeeded()) {
        boolean setpriv =
            Programs.run(folder, List.of("setpriv", "--reuid", account, "true")).succeeded();
        return new Account(account, setpriv);
      }
    }
    throw Problem.of(ErrorCode.E_SCRATCH, "embedded.no-user").toException();
  }

  private static boolean isRoot(Platform platform) {
    if (!platform.linux()) {
      return System.getProperty("user.name", "").equals("root");
    }
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNameless() {
    return System.getProperty("user.name", "?").equals("?");
  }

  private static List<String> concat(List<String> prefix, List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }
}
