// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.patchresource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.operator.intent.ObjectPatchRequest;
import io.heal8s.operator.intent.ObjectPatchRequest.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchedFieldsTest {

  @ParameterizedTest(name = "{4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      Merge     | {spec: {replicas: 3}}               | spec.replicas        | true  | the field
      Merge     | {spec: {replicas: 3}}               | spec.strategy.type   | false | its neighbour
      Merge     | {spec: {replicas: null}}            | spec.replicas        | true  | a field that goes
      Merge     | {spec: {strategy: {type: Recreate}}} | spec.strategy       | true  | what it is in
      Merge     | {spec: {args: [a]}}                 | spec.args[1]         | true  | an element
      Strategic | {spec: {env: [{name: a}]}}          | spec.env[name=b]     | true  | lists are named as a whole
      Strategic | {spec: {x: {$patch: replace}}}      | spec.x.y             | true  | a directive is about its map
      Strategic | {spec: {x: {$patch: replace}}}      | spec.y               | false | and about nothing else
      Json      | [{op: add, path: '/a/b~1c/-'}]        | a["b/c"][3]          | true  | a pointer into a list
      Json      | [{op: move, from: '/a', path: '/b'}]    | a                    | true  | where something goes away
      Json      | [{op: test, path: '/a/0/b'}]          | a[1].b               | true  | rather too much than too little
      Json      | [{op: replace, path: ''}]           | x                    | true  | the whole object
      Json      | [{op: add, path: '/a'}]               | b                    | false | its neighbour
      """)
  void names(Kind kind, String patch, String path, boolean named, String because) {
    ObjectPatchRequest request = new ObjectPatchRequest(kind, JsonParser.parseString(patch));
    assertThat(PatchedFields.of(request).names(Change.of(path, null, "x", Change.ValueType.string)))
        .as(because)
        .isEqualTo(named);
  }
}
