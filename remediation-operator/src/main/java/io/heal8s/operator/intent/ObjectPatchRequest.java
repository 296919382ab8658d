// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * A patch as somebody wrote it.
 *
 * @param kind how the API server reads it
 * @param data an object, or a list of operations for {@link Kind#Json}
 */
public record ObjectPatchRequest(Kind kind, JsonElement data) {

  /** The patch types of the API server. */
  public enum Kind {
    /** RFC 7386. */
    Merge,
    /** RFC 6902. */
    Json,
    /** Kubernetes' own: lists with keys are merged by key. */
    Strategic
  }

  /** A patch of nothing: what it comes to is what the server does by itself on any write. */
  public static ObjectPatchRequest ofNothing() {
    return new ObjectPatchRequest(Kind.Merge, new JsonObject());
  }

  /** Only the kind: the data may hold credentials. */
  @Override
  public String toString() {
    return "ObjectPatchRequest[" + (equals(ofNothing()) ? "nothing" : kind) + "]";
  }
}
