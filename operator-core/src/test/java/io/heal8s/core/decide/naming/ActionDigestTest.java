// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide.naming;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActionDigestTest {

  record Form(String json, String canonical, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Form> forms() {
    return Stream.of(
        new Form(
            "{\"b\":1,\"a\":{\"d\":1,\"c\":2}}", "{\"a\":{\"c\":2,\"d\":1},\"b\":1}", "sorted"),
        new Form("[2, 1]", "[2,1]", "the order of a list counts"),
        new Form(
            "{\"n\":[30,30.0,3e1,0.50,-0.0,0.00]}",
            "{\"n\":[3E+1,3E+1,3E+1,0.5,0,0]}",
            "one spelling of a number"),
        new Form("{\"a\":null,\"b\":[null]}", "{\"b\":[null]}", "null members are no members"),
        new Form("\"30\"", "\"30\"", "a text is no number"),
        new Form("\"\\u0001\\n\\\"\\\\\\u00e9\\/\"", "\"\\u0001\\n\\\"\\\\é/\"", "escapes"),
        new Form("9007199254740993", "9007199254740993", "more digits than a double has are kept"));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void hasOneForm(Form form) {
    assertThat(ActionDigest.canonical(JsonParser.parseString(form.json())))
        .isEqualTo(form.canonical());
  }

  @Test
  void isTheSameHoweverTheObjectWasRead() {
    String json =
        """
        {"trigger":{"field":"health","condition":"equals","value":"bad"},
         "action":"scale_deployment","parameters":{"deploymentName":"api","replicas":30,"x":null}}
        """;
    JsonElement plain = JsonParser.parseString(json);
    // As records read it: numbers become doubles, nulls are dropped when written.
    JsonElement throughMaps = new Gson().toJsonTree(new Gson().fromJson(json, Map.class));

    assertThat(throughMaps.toString()).contains("30.0").doesNotContain("\"x\"");
    assertThat(ActionDigest.of(throughMaps)).isEqualTo(ActionDigest.of(plain));
  }

  @Test
  void isTheSha256OfTheForm() {
    // printf '{"a":1}' | sha256sum
    assertThat(ActionDigest.of(JsonParser.parseString("{ \"a\": 1.0 }")))
        .isEqualTo("015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862");
  }
}
