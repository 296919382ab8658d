// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.target;

import io.heal8s.core.api.k8shealer.remediation.Target;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.operator.target.Query.Get;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which texts can name an object. What others wrote goes into the path of a request and into our
 * status, so anything else is refused before it is read.
 */
final class TargetText {

  private static final Pattern API_VERSION =
      Pattern.compile("([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern KIND = Pattern.compile("[A-Z][A-Za-z0-9]{0,62}");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  // Not all names are DNS names: those of RBAC may have colons. None may leave its path segment.
  private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[\\x21-\\x7e&&[^/%?#]]{1,253}");

  private TargetText() {}

  /** Whether an object of that kind and name can exist. */
  static boolean isReadable(Get get) {
    return API_VERSION.matcher(get.apiVersion()).matches()
        && KIND.matcher(get.kind()).matches()
        && LABEL.matcher(get.namespace()).matches()
        && NAME.matcher(get.name()).matches();
  }

  /** What is wrong with a target, a sentence that says what to change. */
  static Optional<String> problem(Target target, Get named) {
    String container = target.container() == null ? "" : target.container();
    if (!container.isBlank() && !LABEL.matcher(container).matches()) {
      return Optional.of(
          "spec.target.container '"
              + ForeignText.line(container)
              + "' can be the name of no container; correct it in a new Remediation");
    }
    return isReadable(named)
        ? Optional.empty()
        : Optional.of(
            "spec.target names "
                + ForeignText.line(
                    named.apiVersion()
                        + " "
                        + named.kind()
                        + " "
                        + named.namespace()
                        + "/"
                        + named.name())
                + ", which can be the name of no object; correct it in a new Remediation");
  }
}
