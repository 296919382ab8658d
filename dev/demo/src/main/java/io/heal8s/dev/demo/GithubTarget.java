// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A repository at GitHub that a person lends to the demo.
 *
 * @param repository {@code owner/name}
 * @param api root of the REST API
 * @param token lets read and write contents and pull requests
 */
record GithubTarget(String repository, URI api, String token) {

  private static final String COM = "https://api.github.com";

  /**
   * Reads what the person gave.
   *
   * @param api address of the API, null for {@code HEAL8S_GITHUB_API_URL} or github.com
   * @throws IllegalArgumentException naming what is missing or wrong
   */
  static GithubTarget of(String repository, @Nullable String api, Map<String, String> environment) {
    if (!repository.matches("[A-Za-z0-9-_]+/[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException("--github " + repository + ": write it as OWNER/REPO");
    }
    String address = api == null ? environment.getOrDefault("HEAL8S_GITHUB_API_URL", COM) : api;
    if (!address.matches("https?://[^/?#@]+[^?#]*")) {
      throw new IllegalArgumentException(
          "--github-api " + address + ": write it like " + COM + " or https://HOST/api/v3");
    }
    return new GithubTarget(
        repository, URI.create(address.replaceFirst("/+$", "")), token(environment));
  }

  private static String token(Map<String, String> environment) {
    String token = environment.getOrDefault("GITHUB_TOKEN", "").strip();
    String file = environment.getOrDefault("GITHUB_TOKEN_FILE", "");
    if (token.isEmpty() && !file.isEmpty()) {
      try {
        token = Files.readString(Path.of(file)).strip();
      } catch (IOException e) {
        throw new IllegalArgumentException("GITHUB_TOKEN_FILE " + file + " cannot be read", e);
      }
    }
    if (token.isEmpty()) {
      throw new IllegalArgumentException(
          "--github needs a token in the environment: GITHUB_TOKEN, or GITHUB_TOKEN_FILE with its"
              + " file; it must be allowed to write contents, pull requests and issues");
    }
    return token;
  }

  /** Not the token. */
  @Override
  public String toString() {
    return repository + " at " + api;
  }
}
