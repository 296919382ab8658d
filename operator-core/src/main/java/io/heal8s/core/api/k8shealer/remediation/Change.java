// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import org.jspecify.annotations.Nullable;

/**
 * One value that changes.
 *
 * @param path a {@link FieldPath} in its text form
 * @param before value now, null when the field is absent
 * @param after value wanted, null to remove the field
 * @param type how the text is read; null means {@link ValueType#string}
 * @param apiVersion apiVersion of the object that holds the field; null means the target itself
 * @param kind kind of the object that holds the field, e.g. an autoscaler; null means the target
 * @param name name of the object that holds the field; null means the target
 * @param position of an element that comes into or goes out of a list: its place there, from 0;
 *     null for everything else
 */
public record Change(
    String path,
    @Nullable String before,
    @Nullable String after,
    @Nullable ValueType type,
    @Nullable String apiVersion,
    @Nullable String kind,
    @Nullable String name,
    @Nullable Integer position) {

  /** How the text of a value is read. */
  public enum ValueType {
    string,
    integer,
    bool,
    /** A map, a list, or a scalar that changes its type, as JSON; only of patches, never in git. */
    json
  }

  /** A change of a field, which has no position. */
  public Change(
      String path,
      @Nullable String before,
      @Nullable String after,
      @Nullable ValueType type,
      @Nullable String apiVersion,
      @Nullable String kind,
      @Nullable String name) {
    this(path, before, after, type, apiVersion, kind, name, null);
  }

  /** A change of the target itself. */
  public static Change of(
      String path, @Nullable String before, @Nullable String after, ValueType type) {
    return new Change(path, before, after, type, null, null, null);
  }

  /** An element that comes into a list of the target itself, or goes out of it, as JSON. */
  public static Change ofElement(
      String path, @Nullable String before, @Nullable String after, int position) {
    return new Change(path, before, after, ValueType.json, null, null, null, position);
  }

  /** The type, {@link ValueType#string} when not set. */
  public ValueType typeOrDefault() {
    return type == null ? ValueType.string : type;
  }

  /** The same change the other way round. */
  public Change reversed() {
    return new Change(path, after, before, type, apiVersion, kind, name, position);
  }
}
