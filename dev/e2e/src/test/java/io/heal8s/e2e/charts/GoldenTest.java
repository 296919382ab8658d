// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each chart renders, seen as a file, so that a change of a right or a port is seen in a
 * review. {@code charts/golden/CHART/CASE/values.yaml} goes in, {@code expected.yaml} comes out;
 * with {@code -Dgolden.update=true} the files are written instead.
 */
class GoldenTest {
  private static final Path GOLDEN = Charts.FOLDER.resolve("golden");
  private static final Pattern RANDOM = Pattern.compile("(?m)^( {2}(?:token|hmac): ).*$");
  private static final List<String> CHARTS =
      List.of(
          "crds",
          "alert-gateway",
          "remediation-operator",
          "github-pr-service",
          "graphql-monitor",
          "resource-controller",
          "heal8s");

  static Stream<Path> cases() throws IOException {
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      List<Path> found =
          files.filter(file -> file.endsWith("values.yaml")).map(Path::getParent).sorted().toList();
      return found.stream().map(GOLDEN::relativize);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rendersAsBefore(Path golden) throws IOException {
    Path folder = GOLDEN.resolve(golden);
    String rendered =
        Charts.chart(golden.getName(0).toString()).values(folder.resolve("values.yaml")).render();
    String masked = RANDOM.matcher(rendered).replaceAll("$1RANDOM");
    Path expected = folder.resolve("expected.yaml");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, masked);
    }

    assertThat(expected).as("made by -Dgolden.update=true").exists();
    assertThat(masked).isEqualTo(Files.readString(expected));
  }

  @Test
  void noFileLiesThereUnused() throws IOException {
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      assertThat(files.filter(Files::isRegularFile))
          .allSatisfy(
              file -> {
                assertThat(Objects.toString(file.getFileName()))
                    .isIn("values.yaml", "expected.yaml");
                assertThat(file.resolveSibling("values.yaml")).exists();
                assertThat(CHARTS).contains(GOLDEN.relativize(file).getName(0).toString());
              });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "crds",
        "alert-gateway",
        "remediation-operator",
        "github-pr-service",
        "graphql-monitor",
        "resource-controller",
        "heal8s"
      })
  void helmFindsNoFault(String chart) {
    assertThat(Charts.chart(chart).lint()).contains("0 chart(s) failed");
  }
}
