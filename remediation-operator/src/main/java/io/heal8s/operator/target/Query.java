// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.target;

import io.heal8s.operator.intent.ObjectPatchRequest;
import io.heal8s.operator.intent.ReadVersion;

/** Something that must be read from the API server before the judgement can go on. */
public sealed interface Query {

  /**
   * One object.
   *
   * @param apiVersion e.g. {@code apps/v1}
   * @param kind e.g. {@code Deployment}
   * @param namespace its namespace, empty for cluster-scoped kinds
   * @param name its name
   */
  record Get(String apiVersion, String kind, String namespace, String name) implements Query {}

  /**
   * Objects of a namespace by label.
   *
   * @param selector label selector in text form; empty selects all
   */
  record ListBySelector(String apiVersion, String kind, String namespace, String selector)
      implements Query {}

  /**
   * One object, read as a ServiceAccount of its namespace. Of a Secret no value is read.
   *
   * @param account name of the account
   */
  record GetAs(String account, Get get) implements Query {}

  /**
   * One object as a patch would leave it, asked of the API server as a ServiceAccount of its
   * namespace; nothing is written. The answer is a Kubernetes {@code Status} with a message where
   * the server refuses the patch, and empty where it cannot try one out.
   *
   * @param account name of the account
   * @param read what the patch is for; the question fails when somebody wrote to it since
   */
  record Patched(String account, Get get, ObjectPatchRequest patch, ReadVersion read)
      implements Query {}
}
