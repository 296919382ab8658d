// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide.policy;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.Strictness;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Policies as short text. */
final class PolicySpecs {

  private static final Gson GSON = new GsonBuilder().setStrictness(Strictness.LENIENT).create();

  private PolicySpecs() {}

  /** Lenient JSON, read as the client reads what the API server returns; null for no policy. */
  static @Nullable RemediationPolicySpec json(@Nullable String text) {
    return text == null
        ? null
        : Objects.requireNonNull(GSON.fromJson(text, RemediationPolicySpec.class));
  }
}
