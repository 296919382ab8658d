// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.graphql.endpoint.Destination;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is understood of an answer. */
class AnswerReaderTest {

  private static final Destination SHOP =
      new Destination(false, "shop", InetAddress.getLoopbackAddress(), 80, "/graphql", "url");

  private static Answer read(String body) {
    return new AnswerReader(16)
        .read(
            SHOP,
            new RawAnswer.Received(
                200, "application/json", null, body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void itIsKnownOfEveryErrorWhereItIs() {
    String errors =
        IntStream.range(0, 100)
            .mapToObj("{\"message\":\"no answer\",\"path\":[\"f%d\"]}"::formatted)
            .collect(Collectors.joining(","));
    assertThat(read("{\"data\":{\"f99\":null},\"errors\":[" + errors + "]}"))
        .isInstanceOfSatisfying(
            Answer.State.class,
            state -> {
              assertThat(state.errors()).hasSize(100);
              assertThat(state.errors().getFirst().message()).isEqualTo("no answer");
              assertThat(state.errors().getLast().path()).isEqualTo(List.of("f99"));
            });
  }

  @Test
  void moreValuesThanAreReadAreTooLarge() {
    assertThat(read(ones(BoundedJson.MOST_VALUES - 3))).isInstanceOf(Answer.State.class);
    assertThat(read(ones(BoundedJson.MOST_VALUES - 2)))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.ResponseTooLarge);
              assertThat(failed.message()).contains("50000 values", "fewer fields");
            });
  }

  private static String ones(int count) {
    return "{\"data\":{\"ones\":["
        + IntStream.range(0, count).mapToObj(_ -> "1").collect(Collectors.joining(","))
        + "]}}";
  }
}
