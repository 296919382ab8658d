// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

/**
 * The object that a patch is for, as it was read: the server refuses the patch of any other.
 *
 * @param uid of the object
 * @param resourceVersion of that reading
 * @param annotated whether the object has annotations at all
 */
public record ReadVersion(String uid, String resourceVersion, boolean annotated) {}
