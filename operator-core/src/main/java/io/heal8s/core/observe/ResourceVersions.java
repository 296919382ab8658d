// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

/**
 * Order of resource versions. They are decimal numbers that only grow (Kubernetes promises it since
 * 1.35 and has always done it); where one is not, only equal ones are comparable.
 */
public final class ResourceVersions {

  private ResourceVersions() {}

  /** Whether what was seen includes what was written. */
  public static boolean includes(String seen, String written) {
    if (!isNumber(seen) || !isNumber(written)) {
      return seen.equals(written);
    }
    return seen.length() != written.length()
        ? seen.length() > written.length()
        : seen.compareTo(written) >= 0;
  }

  private static boolean isNumber(String version) {
    return !version.isEmpty()
        && version.charAt(0) != '0'
        && version.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
