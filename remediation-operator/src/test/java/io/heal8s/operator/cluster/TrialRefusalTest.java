// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.effect.ApiFailure;
import io.heal8s.operator.act.ObjectReader.Reading;
import io.heal8s.operator.intent.ObjectPatchRequest.Kind;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrialRefusalTest {

  static Stream<ApiFailure> passing() {
    return Stream.of(
        new ApiFailure.NotFound("deployments", "api", "gone"),
        new ApiFailure.Conflict("modified"),
        new ApiFailure.Expired("too old"),
        new ApiFailure.QuotaExceeded("quota"),
        new ApiFailure.NamespaceTerminating("terminating"),
        new ApiFailure.Throttled(Duration.ofSeconds(1), "slowly"),
        new ApiFailure.Transient(503, "later", null));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void whatPassesIsAskedAgain(ApiFailure failure) {
    assertThat(TrialRefusal.of(Kind.Strategic, "shop", failure)).isInstanceOf(Reading.Failed.class);
  }

  private static String refusal(Kind kind, ApiFailure failure) {
    if (TrialRefusal.of(kind, "shop", failure) instanceof Reading.Read read
        && read.objects().size() == 1
        && read.objects().getFirst().kind().equals("Status")) {
      return read.objects().getFirst().text("message");
    }
    return "";
  }

  @Test
  void whatStaysIsARefusalWithTheServersReason() {
    assertThat(refusal(Kind.Merge, new ApiFailure.Invalid(422, "field is immutable")))
        .isEqualTo("the API server refuses the patch: field is immutable");
    assertThat(refusal(Kind.Merge, new ApiFailure.Invalid(400, "cannot unmarshal")))
        .endsWith("cannot unmarshal");
    assertThat(refusal(Kind.Json, new ApiFailure.Conflict("testing value /a failed")))
        .isEqualTo("the patch does not fit the object: testing value /a failed");
    assertThat(refusal(Kind.Merge, new ApiFailure.Forbidden(403, "may not patch")))
        .contains("may not patch", "--verb=impersonate", "-n shop");
  }

  @Test
  void onlyWithoutADryRunNothingIsKnown() {
    ApiFailure failure =
        new ApiFailure.Invalid(400, "admission webhook \"a.b.c\" does not support dry run");
    assertThat(TrialRefusal.of(Kind.Merge, "shop", failure))
        .isInstanceOfSatisfying(Reading.Read.class, read -> assertThat(read.objects()).isEmpty());
  }
}
