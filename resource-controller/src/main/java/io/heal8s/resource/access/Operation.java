// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.access;

/** What can be done to resources of a type. */
public enum Operation {
  CREATE,
  READ,
  UPDATE,
  DELETE
}
