// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code env:NAME}, {@code file:/path}, {@code vault:path#key} and {@code
 * kubernetes:namespace/name#key}. A reference may come with somebody's resource, so variables and
 * files are limited to those that were meant for it.
 */
public final class SecretReferences {

  private static final Logger log = LoggerFactory.getLogger(SecretReferences.class);
  private static final int LARGEST = 1 << 20;

  private final Function<String, @Nullable String> environment;
  private final List<String> variables;
  private final List<Path> folders;
  private final List<Store> stores;

  /** A store of secrets elsewhere. */
  public interface Store {
    /** The word before the colon. */
    String scheme();

    /** The value; empty when there is none or the store does not answer. */
    Optional<String> read(String reference);
  }

  /**
   * Makes it.
   *
   * @param environment gives variables
   * @param variables names, or beginnings of names that end in {@code *}, that may be referred to
   * @param folders files below these may be referred to
   * @param stores further stores
   */
  public SecretReferences(
      Function<String, @Nullable String> environment,
      List<String> variables,
      List<Path> folders,
      List<Store> stores) {
    this.environment = environment;
    this.variables = List.copyOf(variables);
    this.folders = folders.stream().map(Path::toAbsolutePath).map(Path::normalize).toList();
    this.stores = List.copyOf(stores);
  }

  /** The value behind a reference; empty when there is none, or it is not allowed. */
  public Optional<String> read(String reference) {
    int colon = reference.indexOf(':');
    String scheme = colon < 0 ? "" : reference.substring(0, colon);
    String rest = reference.substring(colon + 1);
    return switch (scheme) {
      case "env" -> isAllowed(rest) ? Optional.ofNullable(environment.apply(rest)) : denied(scheme);
      case "file" -> file(rest);
      default ->
          stores.stream()
              .filter(store -> store.scheme().equals(scheme))
              .findFirst()
              .flatMap(store -> store.read(rest));
    };
  }

  private boolean isAllowed(String name) {
    return variables.stream()
        .anyMatch(
            allowed ->
                allowed.endsWith("*")
                    ? name.startsWith(allowed.substring(0, allowed.length() - 1))
                    : name.equals(allowed));
  }

  private Optional<String> file(String name) {
    try {
      Path path = Path.of(name).toRealPath();
      boolean allowed = false;
      for (Path folder : folders) {
        allowed |= Files.isDirectory(folder) && path.startsWith(folder.toRealPath());
      }
      if (!allowed) {
        return denied("file");
      }
      if (Files.size(path) > LARGEST) {
        return Optional.empty();
      }
      return Optional.of(Files.readString(path).strip());
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> denied(String scheme) {
    log.warn(
        "a {}: reference is not allowed; SECRET_ENV and SECRET_DIRECTORIES say which are", scheme);
    return Optional.empty();
  }
}
