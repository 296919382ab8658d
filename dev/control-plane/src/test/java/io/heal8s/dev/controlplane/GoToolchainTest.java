// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoToolchainTest {

  @ParameterizedTest(name = "{0} against {1}: {3}")
  @CsvSource({
    "1.26.8, 1.26.0, 1,  a later patch",
    "1.26,   1.26.0, 0,  a missing part counts as zero",
    "1.9,    1.26,   -1, numbers and not text are compared",
    "2.0,    1.99.9, 1,  the first part weighs most",
  })
  void versionsAreComparedByNumber(String left, String right, int sign, String because) {
    assertThat(Integer.signum(GoToolchain.compare(left, right))).as(because).isEqualTo(sign);
  }

  @Test
  void anOldGoIsNamedWithWhatIsNeeded(@TempDir Path folder) throws Exception {
    Path go = folder.resolve("go");
    Files.writeString(go, "#!/bin/sh\necho go version go1.19.8 linux/amd64\n");
    Files.setPosixFilePermissions(go, PosixFilePermissions.fromString("rwx------"));
    GoToolchain found = GoToolchain.find(Map.of("PATH", "/nonexistent:" + folder));
    assertThat(found.problem("1.26.0")).isEqualTo(go + " is Go 1.19.8; install Go 1.26.0 or newer");
    assertThat(found.problem("1.19")).isNull();
  }

  @Test
  void noGoIsSaidSo() {
    assertThat(new GoToolchain(null, "").problem("1.26.0"))
        .isEqualTo("there is no go command; install Go 1.26.0 or newer and put it on the PATH");
  }
}
