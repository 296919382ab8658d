// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SchemaAcceptanceTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'type':'bogus'}                                        | reject",
        "{'exclusiveMinimum':true}                               | reject",
        "{'exclusiveMinimum':1}                                  | accept",
        "{'pattern':'('}                                         | reject",
        "{'patternProperties':{'(':{}}}                          | reject",
        "{'properties':{'a':{'pattern':'('}}}                    | reject",
        "{'required':'a'}                                        | reject",
        "{'required':[]}                                         | accept",
        "{'properties':{'a':5}}                                  | reject",
        "{'properties':{'a':true}}                               | accept",
        "{'oneOf':[]}                                            | reject",
        "{'enum':[]}                                             | accept",
        "{'minLength':-1}                                        | reject",
        "{'multipleOf':0}                                        | reject",
        "{'type':['string','null']}                              | accept",
        "{}                                                      | accept",
        "{'$ref':'#/definitions/nowhere'}                        | accept",
        "{'type':'integer','default':'no integer'}               | accept",
        "{'nullable':true,'example':1,'x-any':2,'readOnly':true} | accept",
        "{'$schema':'http://json-schema.org/draft-04/schema#'}   | accept",
        "{'pattern':'^[\\\\u00e0-\\\\u00ff]+$'}                      | accept",
        // An expression that could take for ever is none.
        "{'pattern':'^(a+)+\\\\1$'}                              | reject",
        "{'pattern':'^(?!x)'}                                    | reject",
        // Nothing outside is fetched, so a schema that needs it is refused where people see it.
        "{'$ref':'http://127.0.0.1:9/schema.json'}               | reject",
        "{'properties':{'a':{'$ref':'file:///etc/passwd'}}}      | reject",
        "{'properties':{'a':{'$ref':'other.json'}}}              | reject",
        "{'enum':[{'$ref':'http://127.0.0.1:9/a'}]}              | accept",
        "{'$ref':'http://json-schema.org/draft-07/schema#'}      | accept",
        "{'definitions':{'a':{'$id':'a.json'}},'allOf':[{'$ref':'a.json'}]} | accept",
        // OpenAPI 3.0, by declaration.
        "{'$schema':'https://spec.openapis.org/oas/3.0/dialect','exclusiveMinimum':true} | accept",
        "{'$schema':'https://spec.openapis.org/oas/3.0/dialect','exclusiveMinimum':1}    | reject",
        "{'$schema':'https://spec.openapis.org/oas/3.0/dialect','type':['string']}       | reject",
        "{'$schema':'https://spec.openapis.org/oas/3.0/dialect','pattern':'('}           | reject",
        "{'$schema':'https://spec.openapis.org/oas/3.0/dialect','nullable':1}            | reject",
        // 2020-12, by declaration.
        "{'$schema':'https://json-schema.org/draft/2020-12/schema','prefixItems':[{}]}   | accept",
        "{'$schema':'https://json-schema.org/draft/2020-12/schema','prefixItems':5}      | reject",
        "{'$schema':'https://json-schema.org/draft/2020-12/schema','items':[{}]}         | reject",
        "{'$schema':'https://json-schema.org/draft/2020-12/schema','pattern':'('}        | reject",
      })
  void schema(String schema, String verdict) {
    String refusal = refusal(schema);
    assertThat(refusal == null ? "accept" : "reject").as(refusal).isEqualTo(verdict);
  }

  private static @Nullable String refusal(String schema) {
    try {
      ResourceSchema.check(JSON.readTree(schema.replace('\'', '"')));
      return null;
    } catch (SchemaRefusedException e) {
      assertThat(e.getMessage()).isNotBlank();
      return e.getMessage();
    }
  }
}
