// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionTest {

  private static final String GOOD = "{\"opentofu\":{\"files\":{\"main.tf\":\"\"}}}";

  @Test
  void theTypeLiesOverTheResourceAndThatOverTheSpec() {
    Definition definition =
        Definition.of(
            request(
                "{\"opentofu\":{\"files\":{\"main.tf\":\"\"},\"variables\":{\"b\":2,\"c\":2},"
                    + "\"resource_variables\":[\"c\",\"d\",\"p\"]}}",
                "{\"variables\":{\"c\":3,\"d\":3},\"secret_variables\":{\"p\":\"env:P\"}}",
                "{\"a\":1,\"b\":1,\"c\":1}"),
            "opentofu",
            false);
    assertThat(definition.variables().toString()).isEqualTo("{\"a\":1,\"b\":2,\"c\":2,\"d\":3}");
    assertThat(definition.secretVariables()).containsEntry("p", "env:P");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"opentofu":{}}                                          | {} | there is nothing to run
          {"terraform":{"files":{"main.tf":""}}}                   | {} | there is nothing to run
          {"opentofu":{"files":{"../x.tf":""}}}                    | {} | files has no name like
          {"opentofu":{"files":{"main.tf":1}}}                     | {} | files.main.tf must be a text
          {"opentofu":{"files":{"heal8s.tf":""}}}                  | {} | is taken
          {"opentofu":{"module":".."}}                             | {} | module must be the name
          {"opentofu":{"module":"m","environment":{"TF_LOG":"x"}}} | {} | may not set TF_LOG
          {"opentofu":{"module":"m"}}  | {"files":{"main.tf":""}}       | plugin_config may not have
          {"opentofu":{"module":"m"}}  | {"variables":{"a":1}}          | may not set a
          {"opentofu":{"files":{"x/main.tf":""}}}                  | {} | files has no name like
          {"opentofu":{"module":"m"}}  | {"environment":{"A":"env:B"}}  | plugin_config may not have
          """)
  void whatIsWrongIsSaid(String metadata, String config, String message) {
    assertThatThrownBy(() -> Definition.of(request(metadata, config, "{}"), "opentofu", false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aResourceMayBringFilesWhereTheOperatorSaysSo() {
    ActionRequest request = request(GOOD, "{\"files\":{\"own.tf\":\"x\"}}", "{}");
    assertThat(Definition.of(request, "opentofu", true).files()).containsOnlyKeys("own.tf");
  }

  private static ActionRequest request(String metadata, String config, String spec) {
    return new ActionRequest(
        7,
        "shop",
        "Shop",
        "v1",
        1,
        Samples.json(spec),
        Samples.json(config),
        Samples.json(metadata),
        Samples.json("{}"),
        "7-1-1");
  }
}
