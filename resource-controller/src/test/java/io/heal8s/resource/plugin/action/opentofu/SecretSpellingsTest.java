// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.http.secret.Redactor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSpellingsTest {

  private static final String SECRET =
      "first-line-of-it\n{\"key\": \"va\\lue ${x}\"}\nlast-line-of-it";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "      first-line-of-it",
        "    + {\"key\": \"va\\lue ${x}\"}",
        "\"first-line-of-it\\n{\\\"key\\\": \\\"va\\\\lue ${x}\\\"}\\nlast-line-of-it\"",
        "\"{\\\"key\\\": \\\"va\\\\lue $${x}\\\"}\"",
      })
  void aSecretIsFoundHoweverItIsShown(String line) {
    var spellings = SecretSpellings.of(SECRET);
    assertThat(new Redactor(() -> spellings).redact(line))
        .contains("***")
        .doesNotContain("line-of-it", "lue");
  }
}
