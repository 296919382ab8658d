// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge;

import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.intent.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Credentials as mounted files: one directory for each name, one file for each value, as Kubernetes
 * mounts a Secret. Read anew at every use, so that a rotated Secret counts at once; no value is
 * kept or shown.
 */
public final class CredentialsDirectory {

  /** Name that is taken where a policy names none. */
  public static final String DEFAULT = "default";

  /** Value that lists the repositories that credentials are for. */
  public static final String REPOSITORIES = "repositories";

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final int LONGEST = 64 * 1024;

  private final Path root;
  private final Map<String, Object> settings;

  /** Credentials below that directory, which need not exist. */
  public CredentialsDirectory(Path root) {
    this(root, Map.of());
  }

  private CredentialsDirectory(Path root, Map<String, Object> settings) {
    this.root = root;
    this.settings = settings;
  }

  /**
   * The same, with one value of {@link #DEFAULT} that a setting gives rather than a mount.
   *
   * @param value a path of a file, or anything else for the text itself; null for none
   */
  public CredentialsDirectory withDefault(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    Map<String, Object> more = new HashMap<>(settings);
    more.put(name, value);
    return new CredentialsDirectory(root, Map.copyOf(more));
  }

  /**
   * Finds credentials for a repository.
   *
   * @param name null for {@link #DEFAULT}, which may be missing: then there are none to present
   * @param repository as the policy names it; refused where the credentials list repositories and
   *     this is none of them
   */
  public Reply<Mounted> find(@Nullable String name, String repository) {
    return find(name).then(mounted -> mounted.permittedFor(repository));
  }

  private Reply<Mounted> find(@Nullable String name) {
    String wanted = name == null || name.isEmpty() ? DEFAULT : name;
    Path directory = root.resolve(wanted);
    boolean there = NAME.matcher(wanted).matches() && Files.isDirectory(directory);
    if (there || wanted.equals(DEFAULT)) {
      return new Reply.Known<>(
          new Mounted(wanted, directory, wanted.equals(DEFAULT) ? settings : Map.of()));
    }
    return new Reply.Wrong<>(
        PullRequestReason.CredentialsUnknown,
        "no credentials named '"
            + wanted
            + "' are mounted under "
            + root
            + "; mount a Secret there or correct credentials in the policy's repositories");
  }

  /**
   * One set of credentials.
   *
   * @param name their name
   * @param directory where they are; may appear and vanish
   * @param settings values that a setting gives, paths of files or texts; they win
   */
  public record Mounted(String name, Path directory, Map<String, Object> settings) {

    /** Whether they say which repositories they are for. */
    public boolean listsRepositories() {
      return file(REPOSITORIES).isPresent();
    }

    private Reply<Mounted> permittedFor(String repository) {
      try {
        Optional<String> listed = text(REPOSITORIES);
        if (listed.isEmpty() || AllowedRepositories.of(listed.get()).allow(repository)) {
          return new Reply.Known<>(this);
        }
        return new Reply.Wrong<>(
            PullRequestReason.CredentialsNotForRepository,
            "credentials '%s' are not for %s: their value %s does not list it; name other credentials in the policy's repositories, or add it there"
                .formatted(name, repository, REPOSITORIES));
      } catch (IOException e) {
        return new Reply.Wrong<>(
            PullRequestReason.CredentialsInvalid,
            "credentials '%s': %s: %s".formatted(name, REPOSITORIES, e.getMessage()));
      }
    }

    /** Path of a value's file; empty when it is not there. */
    public Optional<Path> file(String value) {
      Path file = settings.get(value) instanceof Path given ? given : directory.resolve(value);
      return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    /**
     * A value's text without surrounding blanks; empty when it is not there.
     *
     * @throws IOException when the file is there but cannot be read or is longer than 64 KiB
     */
    public Optional<String> text(String value) throws IOException {
      Object given = settings.get(value);
      if (given != null && !(given instanceof Path)) {
        return Optional.of(given.toString());
      }
      Optional<Path> file = file(value);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      if (Files.size(file.get()) > LONGEST) {
        throw new IOException("the file is longer than 64 KiB");
      }
      return Optional.of(Files.readString(file.get()).strip());
    }
  }
}
