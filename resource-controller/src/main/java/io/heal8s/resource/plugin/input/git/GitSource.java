// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.git;

import io.heal8s.resource.plugin.input.document.InputSettings;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.transport.URIish;

/**
 * Which directory of which repository, and how often it is looked at.
 *
 * @param repository address, without a password
 * @param branch its branch
 * @param path directory without slashes around it; empty for all of the repository
 * @param interval between two looks
 * @param resync after which what is stored is compared again though nothing moved
 * @param timeout longest silence of the server
 * @param settings for what is read anew each time
 */
record GitSource(
    URIish repository,
    String branch,
    String path,
    Duration interval,
    Duration resync,
    Duration timeout,
    InputSettings settings) {

  static final String NAME = "git";
  private static final List<String> SCHEMES = List.of("https", "http", "file");
  private static final Set<String> KNOWN =
      Set.of(
          "repository",
          "branch",
          "path",
          "interval",
          "resync",
          "timeout",
          "username",
          "passwordFile");

  /**
   * Reads the settings.
   *
   * @return empty when no repository is named
   * @throws IllegalArgumentException with one line that names a wrong one
   */
  static Optional<GitSource> read(Map<String, String> given) {
    InputSettings settings = new InputSettings(NAME, given, KNOWN);
    Optional<String> repository = settings.text("repository");
    if (repository.isEmpty()) {
      return Optional.empty();
    }
    String path = settings.text("path", "").replaceAll("^/+|/+$", "");
    if (List.of(path.split("/")).contains("..")) {
      throw settings.wrong("path", path, "a directory of the repository");
    }
    return Optional.of(
        new GitSource(
            address(settings, repository.get()),
            settings.text("branch", "main"),
            path,
            settings.seconds("interval", Duration.ofMinutes(1)),
            settings.seconds("resync", Duration.ofMinutes(10)),
            settings.seconds("timeout", Duration.ofSeconds(30)),
            settings));
  }

  private static URIish address(InputSettings settings, String text) {
    URIish uri;
    try {
      uri = new URIish(text);
    } catch (URISyntaxException e) {
      throw settings.wrong("repository", text, "an address of a git repository");
    }
    if (uri.getPass() != null) {
      throw settings.wrong(
          "repository", uri.setPass(null).toString(), "without a password; use passwordFile");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme)) {
      throw settings.wrong("repository", text, "an address of " + String.join(", ", SCHEMES));
    }
    return uri;
  }

  /** The source as it is kept with every resource. */
  String source() {
    return repository.setUser(null).setPass(null) + " " + branch + " /" + path;
  }
}
