// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.heal8s.operator.intent.ObjectPatchRequest;
import io.heal8s.operator.intent.ObjectPatchRequest.Kind;
import io.heal8s.operator.intent.ReadVersion;
import org.junit.jupiter.api.Test;

/** What is sent: the tests come first and the key last, so that no operation takes it away. */
class PatchBodyTest {

  private static String body(Kind kind, String data, boolean annotated) {
    ObjectPatchRequest request = new ObjectPatchRequest(kind, JsonParser.parseString(data));
    return new PatchBody(request, new ReadVersion("u", "7", annotated)).with("k").toString();
  }

  @Test
  void theKeyIsTheLastOperation() {
    String tests =
        """
        [{"op":"test","path":"/metadata/resourceVersion","value":"7"},\
        {"op":"test","path":"/metadata/uid","value":"u"},\
        {"op":"remove","path":"/spec/a"},"""
            .strip();
    String step = "[{op: remove, path: '/spec/a'}]";
    assertThat(body(Kind.Json, step, true))
        .isEqualTo(
            tests
                + "{\"op\":\"add\",\"path\":\"/metadata/annotations/heal8s.io~1patch-key\",\"value\":\"k\"}]");
    assertThat(body(Kind.Json, step, false))
        .isEqualTo(
            tests
                + "{\"op\":\"add\",\"path\":\"/metadata/annotations\",\"value\":{\"heal8s.io/patch-key\":\"k\"}}]");
  }

  @Test
  void amongMergedAnnotationsItIsOneMore() {
    assertThat(body(Kind.Merge, "{metadata: {annotations: {a: b}}}", true))
        .isEqualTo(
            "{\"metadata\":{\"annotations\":{\"a\":\"b\",\"heal8s.io/patch-key\":\"k\"},"
                + "\"resourceVersion\":\"7\",\"uid\":\"u\"}}");
  }
}
