// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.assertj.core.api.Assertions;

/**
 * What the API server answered.
 *
 * @param code HTTP status
 * @param body an object, or a Status
 */
record Answer(int code, JsonObject body) {
  String message() {
    JsonElement message = body.get("message");
    return message == null ? "" : message.getAsString();
  }

  Doc object() {
    return new Doc(body);
  }

  /** Says what an answer should have been, with the server's own message when it was not. */
  record Assertion(Answer answer, String because) {
    Assertion(Answer answer) {
      this(answer, "");
    }

    Assertion as(String reason) {
      return new Assertion(answer, reason);
    }

    Assertion isAccepted() {
      Assertions.assertThat(answer.code()).as(because + " " + answer.message()).isIn(200, 201);
      return this;
    }

    /** Refused by an admission policy or by the schema, with that in the message. */
    Assertion isRefusedWith(String fragment) {
      Assertions.assertThat(answer.code()).as(because + " " + answer.body()).isIn(403, 422);
      Assertions.assertThat(answer.message()).as(because).contains(fragment);
      return this;
    }
  }
}
