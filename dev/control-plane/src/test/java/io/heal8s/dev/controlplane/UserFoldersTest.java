// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserFoldersTest {

  @Test
  void theyLieUnderHomeUnlessXdgSaysOtherwise() {
    assertThat(UserFolders.of(Map.of("HOME", "/home/ann")))
        .isEqualTo(
            new UserFolders(
                Path.of("/home/ann/.cache/heal8s"), Path.of("/home/ann/.local/state/heal8s")));
    assertThat(
            UserFolders.of(
                Map.of("HOME", "/home/ann", "XDG_CACHE_HOME", "/c", "XDG_STATE_HOME", "/s")))
        .isEqualTo(new UserFolders(Path.of("/c/heal8s"), Path.of("/s/heal8s")));
    assertThat(UserFolders.of(Map.of("HOME", "/home/ann", "XDG_CACHE_HOME", "relative")).cache())
        .as("XDG says to ignore a relative path")
        .isEqualTo(Path.of("/home/ann/.cache/heal8s"));
  }
}
