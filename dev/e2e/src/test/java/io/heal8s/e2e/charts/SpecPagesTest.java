// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages name every field, and their example is one that the API server takes. */
@RealCluster(
    apply = {
      "charts/crds/remediations.yaml",
      "charts/crds/remediationpolicies.yaml",
      "charts/crds/targetapps.yaml"
    })
class SpecPagesTest {
  private static final Path PAGES = Path.of("../../docs/spec");

  /** Described once for several places: "each has the fields of ..." or "as in ...". */
  private static final Set<String> BY_REFERENCE =
      Set.of(
          "escalate",
          "routes.action",
          "routes.escalate",
          "applied.changes",
          "revert.changes",
          "revertPullRequest",
          "pullRequest.mergedValues",
          "plan.repository.values",
          "conditions");

  @ParameterizedTest
  @CsvSource({
    "remediations, remediation.md",
    "remediationpolicies, remediationpolicy.md",
    "targetapps, targetapp.md"
  })
  void everyFieldIsNamed(String plural, String page) throws IOException {
    String text = Files.readString(PAGES.resolve(page));
    CrdSchema schema = CrdSchema.of(plural);
    List<String> paths = new ArrayList<>();
    collect("", schema.property("spec"), paths);
    collect("", schema.property("status"), paths);

    assertThat(paths).isNotEmpty().allSatisfy(path -> assertThat(text).contains("`" + path + "`"));
  }

  private static void collect(String path, CrdSchema schema, List<String> paths) {
    if (schema.type().equals("array")) {
      collect(path, schema.items(), paths);
      return;
    }
    for (Object key : schema.properties().keySet()) {
      String here = path.isEmpty() ? key.toString() : path + "." + key;
      paths.add(here);
      if (!BY_REFERENCE.contains(here)) {
        collect(here, schema.property(key.toString()), paths);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"remediation.md", "remediationpolicy.md", "targetapp.md"})
  void theExampleIsValid(String page, TestCluster cluster) throws IOException {
    Matcher example =
        Pattern.compile("(?s)```yaml\n(.*?)```").matcher(Files.readString(PAGES.resolve(page)));
    assertThat(example.find()).isTrue();
    Doc doc = Doc.yaml(example.group(1)).with("metadata.namespace", cluster.namespace());

    new Answer.Assertion(new Api(cluster.admin()).dryRun(doc)).isAccepted();
    assertThat(doc.at("spec")).isInstanceOf(JsonObject.class);
  }
}
