// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of {@link AuthMode#BEARER}.
 *
 * @param tokenFiles mounted files with one token of at least 16 characters in each line; all are
 *     valid at once
 */
public record BearerSettings(List<Path> tokenFiles) {
  /** Copies the list; not set means empty. */
  public BearerSettings(@Nullable List<Path> tokenFiles) {
    this.tokenFiles = tokenFiles == null ? List.of() : List.copyOf(tokenFiles);
  }
}
