// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Objects that the API server must take, and objects that it must refuse with a message that says
 * what to change. The first line of a refused one is {@code # refused: FRAGMENT OF THE MESSAGE}.
 */
@RealCluster(
    apply = {
      "charts/crds/remediations.yaml",
      "charts/crds/remediationpolicies.yaml",
      "charts/crds/targetapps.yaml"
    })
class FixturesTest {
  private static final Path FOLDER = Path.of("src/test/resources/crds");
  private static final String REFUSED = "# refused: ";

  static Stream<Path> fixtures() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      List<Path> found = files.filter(Files::isRegularFile).sorted().toList();
      return found.stream().map(FOLDER::relativize);
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void theApiServerJudges(Path file, TestCluster cluster) throws IOException {
    String name = Objects.toString(file.getFileName());
    assertThat(name).as("a fixture says by its name what it is").matches("(in)?valid-.*\\.yaml");
    String text = Files.readString(FOLDER.resolve(file));
    Doc doc = Doc.yaml(text).with("metadata.namespace", cluster.namespace());

    Answer answer = new Api(cluster.admin()).dryRun(doc);

    if (name.startsWith("valid-")) {
      new Answer.Assertion(answer).isAccepted();
    } else {
      String first = text.lines().findFirst().orElse("");
      assertThat(first).startsWith(REFUSED);
      new Answer.Assertion(answer).isRefusedWith(first.substring(REFUSED.length()));
    }
  }
}
