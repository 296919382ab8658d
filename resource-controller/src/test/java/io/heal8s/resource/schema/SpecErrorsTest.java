// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SpecErrorsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String DATABASE =
      """
      {"type":"object","required":["engine","engine_version","instance_class","storage_gb"],
       "properties":{
         "engine":{"type":"string","enum":["postgres","mysql","mariadb"]},
         "engine_version":{"type":"string"},
         "instance_class":{"type":"string","pattern":"^db\\\\."},
         "storage_gb":{"type":"integer","minimum":10,"maximum":10000},
         "replicas":{"type":"integer","minimum":0,"maximum":5,"default":0},
         "high_availability":{"type":"boolean","default":false}}}
      """;

  @Test
  void theTextOfTheContract() throws Exception {
    assertThat(
            text(
                DATABASE,
                "{'engine':'oracle','storage_gb':5,'instance_class':'x','replicas':'two'}"))
        .isEqualTo(
            "(root): 'engine_version' is a required property; "
                + "engine: 'oracle' is not one of ['postgres', 'mysql', 'mariadb']; "
                + "replicas: 'two' is not of type 'integer'; "
                + "storage_gb: 5 is less than the minimum of 10; "
                + "instance_class: 'x' does not match '^db\\\\.'");
  }

  @ParameterizedTest(name = "{0} <- {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "ok",
      value = {
        "{'type':'integer'}                  | 1.0    | ok",
        "{'type':'integer'}                  | true   | (root): True is not of type 'integer'",
        "{'type':'integer'}                  | 1.5    | (root): 1.5 is not of type 'integer'",
        "{'multipleOf':0.1}                  | 0.3    | (root): 0.3 is not a multiple of 0.1",
        "{'multipleOf':3}                    | 4      | (root): 4 is not a multiple of 3",
        "{'multipleOf':3}                    | 6      | ok",
        "{'type':'string','nullable':true}   | null   | (root): None is not of type 'string'",
        "{'type':['string','null']}          | 5      | (root): 5 is not of type 'string', 'null'",
        "{'maximum':3}                       | 4.5    | (root): 4.5 is greater than the maximum of 3",
        "{'exclusiveMaximum':3}  | 3 | (root): 3 is greater than or equal to the maximum of 3",
        "{'exclusiveMinimum':3}  | 3 | (root): 3 is less than or equal to the minimum of 3",
        "{'properties':{'a':{}}}             | {'b':1} | ok",
        "{'pattern':'^[\\\\u00e0-\\\\u00ff]+$'}  | 'é'    | ok",
        "{'pattern':'^\\\\\\\\u0041$'}        | '\\\\u0041' | ok",
        "{'additionalProperties':false,'patternProperties':{'^x':{},'^a':{}}} | {'b':1,'x':1} | (root): 'b' does not match any of the regexes: '^a', '^x'",
        "{'additionalProperties':false,'patternProperties':{'^x':{}}} | {'c':1,'b':1} | (root): 'b', 'c' do not match any of the regexes: '^x'",
        "{'dependencies':{'a':['b','c']}}    | {'a':1} | (root): 'b' is a dependency of 'a'; (root): 'c' is a dependency of 'a'",
        "{'propertyNames':{'maxLength':2}}   | {'abc':1,'a':1} | (root): 'abc' is too long",
        "{'propertyNames':{'pattern':'^a','maxLength':1}} | {'bb':1} | (root): 'bb' does not match '^a'; (root): 'bb' is too long",
        "{'type':'integer','exclusiveMinimum':3} | 1e20 | ok",
        "{'items':{'type':'integer','exclusiveMaximum':3}} | [-1e300,4] | 1: 4 is greater than or equal to the maximum of 3",
        "{'$schema':'https://json-schema.org/draft/2020-12/schema','dependentRequired':{'a':['b','c']}} | {'a':1} | (root): 'b' is a dependency of 'a'; (root): 'c' is a dependency of 'a'",
        "{'additionalProperties':false}      | {'b':1} | (root): Additional properties are not allowed ('b' was unexpected)",
        "{'additionalProperties':false}      | {'c':1,'b':1} | (root): Additional properties are not allowed ('b', 'c' were unexpected)",
        "{'const':5}                         | 1      | (root): 5 was expected",
        "{'minLength':2}                     | 'a'    | (root): 'a' is too short",
        "{'minLength':1}                     | ''     | (root): '' should be non-empty",
        "{'maxLength':1}                     | 'ab'   | (root): 'ab' is too long",
        "{'uniqueItems':true}                | [1,1]  | (root): [1, 1] has non-unique elements",
        "{'minItems':3}                      | [1]    | (root): [1] is too short",
        "{'contains':{'type':'string'}}      | [1]    | (root): None of [1] are valid under the given schema",
        "{'not':{}}                          | 1      | (root): 1 should not be valid under {}",
        "{'anyOf':[{'type':'string'},{'minimum':5}]} | 2 | (root): 2 is not valid under any of the given schemas",
        "{'oneOf':[{'type':'string'},{'minimum':5}]} | 2 | (root): 2 is not valid under any of the given schemas",
        "{'oneOf':[{'minimum':1},{'maximum':5}]} | 2 | (root): 2 is valid under each of {'maximum': 5}, {'minimum': 1}",
        "{'properties':{'a':{'anyOf':[{'properties':{'b':{'type':'string'}}}]}}} | {'a':{'b':1}} | a: {'b': 1} is not valid under any of the given schemas",
        "{'items':{'required':['q'],'properties':{'z':{'enum':['a']}}}} | [{'z':'b'},{'q':1,'z':'c'}] | 0: 'q' is a required property; 0.z: 'b' is not one of ['a']; 1.z: 'c' is not one of ['a']",
        "{'dependencies':{'a':['b']}}        | {'a':1} | (root): 'b' is a dependency of 'a'",
        "{'format':'date'}                   | 'x'    | (root): 'x' is not a 'date'",
        "{'format':'ipv4'}                   | 'x'    | (root): 'x' is not a 'ipv4'",
        "{'format':'ipv6'}                   | 'x'    | (root): 'x' is not a 'ipv6'",
        "{'format':'email'}                  | 'x'    | (root): 'x' is not a 'email'",
        "{'format':'regex'}                  | '('    | (root): '(' is not a 'regex'",
        "{'format':'date-time'}              | 'x'    | ok",
        "{'format':'uri'}                    | ':'    | ok",
        "{'format':'uuid'}                   | 'x'    | ok",
        "{'format':'hostname'}               | '_'    | ok",
        "{'format':'int32'}                  | 1e30   | ok",
        "{'definitions':{'k':{'maximum':3}},'properties':{'u':{'$ref':'#/definitions/k'}}} | {'u':9} | u: 9 is greater than the maximum of 3",
        "{'if':{'required':['a']},'then':{'required':['b']}} | {'a':1} | (root): 'b' is a required property",
        "{'$schema':'https://spec.openapis.org/oas/3.0/dialect','type':'string','nullable':true} | null | ok",
        "{'$schema':'https://spec.openapis.org/oas/3.0/dialect','minimum':3,'exclusiveMinimum':true} | 3 | (root): 3 is less than or equal to the minimum of 3",
        "{'$schema':'https://spec.openapis.org/oas/3.0/dialect','type':'integer'} | 1.0 | ok",
        "{'$schema':'https://json-schema.org/draft/2020-12/schema','multipleOf':0.1} | 0.3 | ok",
        "{'$schema':'https://json-schema.org/draft/2020-12/schema','prefixItems':[{'type':'string'}]} | [1] | 0: 1 is not of type 'string'",
        "{'$schema':'https://json-schema.org/draft/2020-12/schema','unevaluatedProperties':false} | {'a':1} | (root): Unevaluated properties are not allowed ('a' was unexpected)",
      })
  void spec(String schema, String spec, @Nullable String errors) throws Exception {
    assertThat(text(schema.replace('\'', '"'), spec)).isEqualTo(errors == null ? "" : errors);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"$ref\":\"#/definitions/nowhere\"}",
        "{\"$ref\":\"#\"}",
        "{\"$ref\":\"http://127.0.0.1:9/a\"}",
        "{\"$ref\":\"classpath:/application.yaml\"}"
      })
  void aSchemaThatCannotJudge(String schema) {
    assertThatThrownBy(() -> text(schema, "{}")).isInstanceOf(SchemaRefusedException.class);
  }

  @Test
  void aDiscriminatorChoosesTheBranch() throws Exception {
    String schema =
        """
        {"$schema":"https://spec.openapis.org/oas/3.0/dialect",
         "definitions":{
           "Cat":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string","enum":["cat"]},"lives":{"type":"integer"}}},
           "Dog":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string","enum":["dog"]},"tricks":{"type":"integer"}}}},
         "oneOf":[{"$ref":"#/definitions/Cat"},{"$ref":"#/definitions/Dog"}],
         "discriminator":{"propertyName":"kind","mapping":{"cat":"#/definitions/Cat","dog":"#/definitions/Dog"}}}
        """;
    assertThat(text(schema, "{'kind':'cat','lives':9}")).isEmpty();
    assertThat(text(schema, "{'kind':'cat','lives':'nine'}")).isNotEmpty();
    assertThat(text(schema, "{'kind':'cow'}")).isNotEmpty();
  }

  @Test
  void defaultsAreFilledInWhereTheSpecSaysNothing() {
    JsonNode spec = JSON.readTree("{\"engine\":\"mysql\",\"replicas\":3}");
    assertThat(ResourceSchema.of(JSON.readTree(DATABASE)).withDefaults(spec))
        .isEqualTo(
            JSON.readTree("{\"engine\":\"mysql\",\"replicas\":3,\"high_availability\":false}"));
    assertThat(spec).isEqualTo(JSON.readTree("{\"engine\":\"mysql\",\"replicas\":3}"));
  }

  @Test
  void expressionsTakeLinearTime() throws Exception {
    assertThat(text("{\"pattern\":\"^(a+)+$\"}", "'" + "a".repeat(50_000) + "!'")).isNotEmpty();
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void ofVeryManyMistakesTheFirstAreTold() throws Exception {
    ObjectNode spec = JSON.createObjectNode();
    for (int i = 0; i < 30_000; i++) {
      spec.put("Name-%d".formatted(i), i);
    }
    for (String names : new String[] {"{'pattern':'^[a-z]+$'}", "{'$ref':'#/definitions/name'}"}) {
      String schema =
          "{'definitions':{'name':{'maxLength':1}},'propertyNames':%s}".formatted(names);
      List<SpecError> errors =
          ResourceSchema.of(JSON.readTree(schema.replace('\'', '"'))).errors(spec);
      assertThat(errors).hasSize(101);
      assertThat(errors.getLast().message()).isEqualTo("29900 more mistakes are not told");
      assertThat(SpecError.text(errors)).as("each about its own name").hasSizeLessThan(20_000);
    }
  }

  private static String text(String schema, String spec) throws SchemaRefusedException {
    return SpecError.text(
        ResourceSchema.of(JSON.readTree(schema)).errors(JSON.readTree(spec.replace('\'', '"'))));
  }
}
