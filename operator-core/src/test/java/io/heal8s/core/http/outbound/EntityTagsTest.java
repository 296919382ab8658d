// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.http.outbound.OutboundResult.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntityTagsTest {

  private final EntityTags tags = new EntityTags(10_000);

  private static Response answer(String tag, int length) {
    return new Response(
        200,
        tag.isEmpty() ? Map.of() : Map.of("etag", List.of(tag)),
        new ResponseBody(new byte[length]));
  }

  @Test
  void theLeastRecentlyUsedIsGivenUpFirst() {
    tags.keep("/a", answer("1", 3_000));
    tags.keep("/b", answer("2", 3_000));
    tags.of("/a");
    tags.keep("/c", answer("3", 3_000));
    assertThat(tags.of("/b")).isEmpty();
    assertThat(tags.of("/a")).hasValueSatisfying(kept -> assertThat(kept.tag()).isEqualTo("1"));
    assertThat(tags.of("/c")).isPresent();
  }

  @Test
  void anAnswerWithoutATagEndsTheEarlierOne() {
    tags.keep("/a", answer("1", 10));
    tags.keep("/a", answer("", 10));
    assertThat(tags.of("/a")).isEmpty();
  }

  @Test
  void anAnswerThatIsLargerThanAllIsNotKept() {
    tags.keep("/a", answer("1", 20_000));
    assertThat(tags.of("/a")).isEmpty();
    tags.keep("/b", answer("2", 10));
    assertThat(tags.of("/b")).as("and what it took is given back").isPresent();
  }
}
