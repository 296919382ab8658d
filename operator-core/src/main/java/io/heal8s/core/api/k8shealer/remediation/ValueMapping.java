// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

/**
 * Where a field of the object is kept in a file that is not its manifest, e.g. a chart's values.
 *
 * @param from {@link FieldPath} of the object
 * @param to {@link FieldPath} in the file
 */
public record ValueMapping(String from, String to) {}
